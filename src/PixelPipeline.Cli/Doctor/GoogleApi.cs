using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;
using Google.Apis.Auth.OAuth2;
using Google.Apis.Http;
using PixelPipeline.Cli.Targets;

namespace PixelPipeline.Cli.Doctor;

/// <summary>Calls Google's REST APIs with the credentials that gcloud keeps.</summary>
internal sealed class GoogleApi : IDisposable
{
    private readonly HttpClient _http;
    private readonly Uri? _instead;

    /// <summary>Asks by these credentials; nothing is asked yet.</summary>
    /// <param name="http">Signs the calls.</param>
    /// <param name="instead">Another server, which gets the service as the path's first part; null for Google's own.</param>
    public GoogleApi(HttpClient http, Uri? instead = null)
    {
        _http = http;
        _instead = instead;
    }

    /// <summary>With the credentials of this machine.</summary>
    /// <exception cref="CommandException">There are none.</exception>
    public static GoogleApi WithDefaultCredentials()
    {
        var credential = GoogleCredentials.Require("--project", () => GoogleCredential.GetApplicationDefault()).CreateScoped("https://www.googleapis.com/auth/cloud-platform");
        var arguments = new CreateHttpClientArgs { ApplicationName = "pixel-doctor" };
        arguments.Initializers.Add(credential);
        return new GoogleApi(new HttpClientFactory().CreateHttpClient(arguments));
    }

    /// <summary>A resource, or null where there is none.</summary>
    /// <param name="service">Such as <c>pubsub.googleapis.com</c>.</param>
    /// <param name="path">Such as <c>v1/projects/p/topics/t</c>.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="CommandException">It cannot be read; the message says why.</exception>
    public Task<JsonNode?> GetAsync(string service, string path, CancellationToken cancellationToken) =>
        SendAsync(service, new HttpRequestMessage(HttpMethod.Get, ToUri(service, path)), cancellationToken);

    /// <summary>The answer to a question that goes as a body.</summary>
    /// <exception cref="CommandException">There is none; the message says why.</exception>
    public Task<JsonNode?> PostAsync(string service, string path, JsonObject body, CancellationToken cancellationToken) =>
        SendAsync(service, new HttpRequestMessage(HttpMethod.Post, ToUri(service, path)) { Content = JsonContent.Create(body) }, cancellationToken);

    public void Dispose() => _http.Dispose();

    private Uri ToUri(string service, string path) =>
        _instead is null ? new Uri($"https://{service}/{path}") : new Uri(_instead, $"{service}/{path}");

    private async Task<JsonNode?> SendAsync(string service, HttpRequestMessage request, CancellationToken cancellationToken)
    {
        using (request)
        {
            try
            {
                using var answer = await _http.SendAsync(request, cancellationToken);
                var text = await answer.Content.ReadAsStringAsync(cancellationToken);
                return answer switch
                {
                    { StatusCode: HttpStatusCode.NotFound } => null,
                    { IsSuccessStatusCode: true } => JsonNode.Parse(text),
                    _ => throw new CommandException($"{service} answers {(int)answer.StatusCode}: {MessageOf(text)} The doctor needs to see the project (the role Viewer)."),
                };
            }
            catch (Exception e) when (e is HttpRequestException or JsonException)
            {
                throw new CommandException($"{service} cannot be asked: {e.Message}", e);
            }
        }
    }

    private static string MessageOf(string text)
    {
        try
        {
            return (string?)JsonNode.Parse(text)?["error"]?["message"] ?? "no reason given.";
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            return "no reason given."; // what stands between answers in HTML
        }
    }
}
