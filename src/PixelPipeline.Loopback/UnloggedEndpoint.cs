namespace PixelPipeline.Loopback;

/// <summary>
/// Marks an endpoint that is the operator's own, such as a page beside the pixel: its requests are no visitor's, and stay
/// out of the access log. Found in the endpoint's metadata.
/// </summary>
public sealed class UnloggedEndpoint
{
    private UnloggedEndpoint()
    {
    }

    /// <summary>The mark.</summary>
    public static UnloggedEndpoint Mark { get; } = new();
}
