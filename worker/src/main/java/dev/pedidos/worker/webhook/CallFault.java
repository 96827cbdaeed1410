package dev.pedidos.worker.webhook;

/** Why a webhook got no answer. The names are what {@code GET /webhooks} shows. */
enum CallFault {
    NOME_DESCONHECIDO,
    ENDERECO_NAO_PERMITIDO,
    SEM_CONEXAO,
    TLS_RECUSADO,
    TEMPO_ESGOTADO,
    RESPOSTA_INVALIDA
}
