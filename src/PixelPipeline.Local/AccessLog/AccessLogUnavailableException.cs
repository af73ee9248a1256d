namespace PixelPipeline.Local.AccessLog;

/// <summary>A line could not be appended to the access log: the disk is full or broken, or the log is closed.</summary>
internal sealed class AccessLogUnavailableException : Exception
{
    /// <summary>Carries what went wrong.</summary>
    /// <param name="innerException">What the operating system said.</param>
    public AccessLogUnavailableException(Exception innerException)
        : base($"The access log cannot be written: {innerException.Message}", innerException)
    {
    }
}
