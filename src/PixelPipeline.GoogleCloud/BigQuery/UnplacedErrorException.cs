namespace PixelPipeline.GoogleCloud.BigQuery;

/// <summary>BigQuery found a row invalid and did not say which.</summary>
internal sealed class UnplacedErrorException : Exception
{
    public UnplacedErrorException(string message)
        : base(message)
    {
    }
}
