namespace PixelPipeline.Dashboard.Hosting;

/// <summary>The host cannot do what it was asked to. The message says to people why, and what mends it.</summary>
public sealed class PipelineHostException : Exception
{
    /// <summary>Says why.</summary>
    public PipelineHostException(string message, Exception? cause = null)
        : base(message, cause)
    {
    }
}
