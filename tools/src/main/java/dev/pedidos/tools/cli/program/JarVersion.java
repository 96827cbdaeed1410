package dev.pedidos.tools.cli.program;

import picocli.CommandLine.IVersionProvider;

/** The version of Pedidos, from the manifest of our jar. */
public final class JarVersion implements IVersionProvider {
    @Override
    public String[] getVersion() {
        String version = JarVersion.class.getPackage().getImplementationVersion();
        return new String[] {"pedidos " + (version == null ? "(not from a jar)" : version)};
    }
}
