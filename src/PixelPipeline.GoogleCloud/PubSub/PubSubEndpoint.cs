using Google.Apis.Auth.OAuth2;

namespace PixelPipeline.GoogleCloud.PubSub;

/// <summary>Where Pub/Sub's REST API is, and what opens it.</summary>
/// <param name="BaseUri">Ends with a slash.</param>
/// <param name="Tokens">Gives access tokens; null where none are asked for.</param>
public sealed record PubSubEndpoint(Uri BaseUri, ITokenAccess? Tokens)
{
    /// <summary>Names another endpoint: <c>127.0.0.1:8085</c> or <c>http://127.0.0.1:8085</c>.</summary>
    public const string EmulatorVariable = "PUBSUB_EMULATOR_HOST";

    private const string Scope = "https://www.googleapis.com/auth/pubsub";

    /// <summary>Google's own Pub/Sub, or an emulator.</summary>
    /// <param name="emulatorHost">The value of <see cref="EmulatorVariable"/>; null or empty for Google's.</param>
    /// <exception cref="FormatException">The endpoint is neither <c>HOST:PORT</c> nor an http or https URL.</exception>
    /// <exception cref="InvalidOperationException">There are no credentials for Google's Pub/Sub.</exception>
    public static PubSubEndpoint Of(string? emulatorHost) => string.IsNullOrEmpty(emulatorHost)
        ? new PubSubEndpoint(new Uri("https://pubsub.googleapis.com/"), GoogleCredential.GetApplicationDefault().CreateScoped(Scope))
        : new PubSubEndpoint(EmulatorHost.Parse(emulatorHost, EmulatorVariable), Tokens: null);
}
