namespace PixelPipeline.Loopback;

/// <summary>A part of the local cloud could not listen on its port, most often because another program does.</summary>
public sealed class PortUnavailableException : Exception
{
    /// <summary>Names the port that is not to be had.</summary>
    /// <param name="port">The port asked for, 1 to 65,535.</param>
    /// <param name="innerException">What the operating system said.</param>
    public PortUnavailableException(int port, Exception innerException)
        : base($"Port {port} is in use or not permitted.", innerException) => Port = port;

    /// <summary>The port asked for.</summary>
    public int Port { get; }
}
