namespace PixelPipeline.Writing;

/// <summary>A row could not be committed now. Its message must not be acknowledged, so that it is delivered again.</summary>
public sealed class RowNotCommittedException : Exception
{
    /// <summary>Tells of a row whose fate is unknown: its message has to come again.</summary>
    /// <param name="message">What stood in the way.</param>
    /// <param name="innerException">What the writer threw; null where it was not asked.</param>
    public RowNotCommittedException(string message, Exception? innerException = null)
        : base(message, innerException)
    {
    }
}
