using System.Net;

namespace PixelPipeline.GoogleCloud.PubSub;

/// <summary>Pub/Sub has not said that it has the messages: they may be sent again.</summary>
public sealed class PublishException : Exception
{
    /// <summary>Tells of a message that the topic did not take, after all tries.</summary>
    /// <param name="status">What Pub/Sub answered in the end; null where there was no answer.</param>
    /// <param name="innerException">Why there was none.</param>
    public PublishException(HttpStatusCode? status, Exception? innerException)
        : base(status is { } code ? FormattableString.Invariant($"Pub/Sub answered {(int)code}.") : "Pub/Sub does not answer.", innerException) => Status = status;

    /// <summary>What Pub/Sub answered; null where there was no answer.</summary>
    public HttpStatusCode? Status { get; }
}
