namespace PixelPipeline.GoogleCloud.BigQuery;

/// <summary>The dataset or a table that must be there is not. The message is one line that says what to mend.</summary>
public sealed class TableSetupException : Exception
{
    /// <summary>Says which table or dataset is in the way of the start.</summary>
    /// <param name="message">What is missing and what to do.</param>
    /// <param name="innerException">What BigQuery said; null where the operator's setting forbids making it.</param>
    public TableSetupException(string message, Exception? innerException = null)
        : base(message, innerException)
    {
    }
}
