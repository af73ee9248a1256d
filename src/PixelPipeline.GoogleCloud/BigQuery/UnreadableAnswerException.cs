namespace PixelPipeline.GoogleCloud.BigQuery;

/// <summary>A call succeeded as far as HTTP goes, and its answer is empty or no answer to it.</summary>
internal sealed class UnreadableAnswerException : Exception
{
    public UnreadableAnswerException(Exception? innerException = null)
        : base("BigQuery's answer is empty or cannot be read.", innerException)
    {
    }
}
