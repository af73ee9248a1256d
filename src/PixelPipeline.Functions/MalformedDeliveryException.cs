namespace PixelPipeline.Functions;

/// <summary>A request that is a CloudEvent but holds no Pub/Sub message.</summary>
internal sealed class MalformedDeliveryException : Exception
{
    /// <summary>Tells of a request that is not a delivery of Pub/Sub's.</summary>
    public MalformedDeliveryException()
        : base("The event holds no Pub/Sub message.")
    {
    }
}
