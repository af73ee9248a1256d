namespace PixelPipeline.GoogleCloud.BigQuery;

/// <summary>BigQuery answered, and some rows must be sent again though none of them is invalid.</summary>
internal sealed class IncompleteInsertException : Exception
{
    public IncompleteInsertException(string? reason)
        : base($"BigQuery did not take some rows ({reason}).")
    {
    }
}
