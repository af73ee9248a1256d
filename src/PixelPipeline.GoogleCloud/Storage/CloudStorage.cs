using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Runtime.CompilerServices;
using System.Text.Json;
using Google.Apis.Auth.OAuth2;

namespace PixelPipeline.GoogleCloud.Storage;

/// <summary>Objects in Cloud Storage, over its JSON API. Safe for concurrent use.</summary>
/// <seealso href="https://cloud.google.com/storage/docs/json_api"/>
public sealed class CloudStorage : IDisposable
{
    /// <summary>Names another endpoint: <c>127.0.0.1:4443</c> or <c>http://127.0.0.1:4443</c>. It is called without credentials.</summary>
    public const string EmulatorVariable = "STORAGE_EMULATOR_HOST";

    private const string Scope = "https://www.googleapis.com/auth/devstorage.read_write";

    private readonly HttpClient _http;

    private CloudStorage(HttpMessageHandler handler, Uri endpoint) =>
        _http = new HttpClient(handler) { BaseAddress = endpoint, Timeout = Timeout.InfiniteTimeSpan };

    /// <summary>Speaks to the endpoint that <see cref="EmulatorVariable"/> names, else to Google's with the default credentials.</summary>
    /// <exception cref="FormatException">The endpoint is neither <c>HOST:PORT</c> nor an http or https URL.</exception>
    /// <exception cref="InvalidOperationException">There are no credentials.</exception>
    public static CloudStorage Create() => Create(Environment.GetEnvironmentVariable(EmulatorVariable));

    /// <summary>Speaks to an endpoint.</summary>
    /// <param name="emulatorHost">The value of <see cref="EmulatorVariable"/>; null or empty for Google's own.</param>
    /// <exception cref="FormatException">The endpoint is neither <c>HOST:PORT</c> nor an http or https URL.</exception>
    /// <exception cref="InvalidOperationException">There are no credentials for Google's.</exception>
    public static CloudStorage Create(string? emulatorHost)
    {
        if (!string.IsNullOrEmpty(emulatorHost))
        {
            return new CloudStorage(new HttpClientHandler(), EmulatorHost.Parse(emulatorHost, EmulatorVariable));
        }

        var credential = GoogleCredential.GetApplicationDefault().CreateScoped(Scope);
        return new CloudStorage(new BearerHandler(credential), new Uri("https://storage.googleapis.com"));
    }

    /// <summary>All objects whose names begin with a prefix, by name.</summary>
    /// <exception cref="HttpRequestException">The bucket cannot be listed.</exception>
    public async IAsyncEnumerable<StoredObject> ListAsync(string bucket, string prefix, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        string? page = null;
        do
        {
            var uri = $"/storage/v1/b/{Escape(bucket)}/o?prefix={Escape(prefix)}&fields=items(name,size),nextPageToken{(page is null ? "" : "&pageToken=" + Escape(page))}";
            using var answer = JsonDocument.Parse(await _http.GetByteArrayAsync(new Uri(uri, UriKind.Relative), cancellationToken));
            foreach (var item in answer.RootElement.TryGetProperty("items", out var items) ? items.EnumerateArray() : default)
            {
                yield return new StoredObject(item.GetProperty("name").GetString()!, long.Parse(item.GetProperty("size").GetString()!, CultureInfo.InvariantCulture));
            }

            page = answer.RootElement.TryGetProperty("nextPageToken", out var next) ? next.GetString() : null;
        }
        while (page is not null);
    }

    /// <summary>Opens an object's content as it is stored: what is stored compressed arrives compressed.</summary>
    /// <exception cref="FileNotFoundException">There is no such object.</exception>
    /// <exception cref="IOException">The object cannot be had; the message tells the status.</exception>
    public Stream OpenRead(string bucket, string name)
    {
        try
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, $"/storage/v1/b/{Escape(bucket)}/o/{Escape(name)}?alt=media");
            request.Headers.AcceptEncoding.Add(new StringWithQualityHeaderValue("gzip")); // or the server would decompress
            var answer = _http.Send(request, HttpCompletionOption.ResponseHeadersRead);
            return answer.EnsureSuccessStatusCode().Content.ReadAsStream();
        }
        catch (HttpRequestException e) when (e.StatusCode == HttpStatusCode.NotFound)
        {
            throw new FileNotFoundException($"gs://{bucket}/{name} is not there.", e);
        }
        catch (HttpRequestException e)
        {
            throw new IOException($"gs://{bucket}/{name} cannot be read: {e.Message}", e);
        }
    }

    /// <summary>The generation of an object as it is now: another one than before where it was replaced; null where there is none.</summary>
    /// <param name="bucket">Where.</param>
    /// <param name="name">The object's full name.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="HttpRequestException">It cannot be asked for.</exception>
    /// <seealso href="https://cloud.google.com/storage/docs/metadata#generation-number"/>
    public async Task<long?> FindGenerationAsync(string bucket, string name, CancellationToken cancellationToken) =>
        (await FindAsync(bucket, name, cancellationToken))?.Generation;

    /// <summary>An object as it is now; null where there is none.</summary>
    /// <param name="bucket">Where.</param>
    /// <param name="name">The object's full name.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="HttpRequestException">It cannot be asked for.</exception>
    public async Task<ObjectState?> FindAsync(string bucket, string name, CancellationToken cancellationToken)
    {
        var uri = new Uri($"/storage/v1/b/{Escape(bucket)}/o/{Escape(name)}?fields=generation,contentType,contentEncoding", UriKind.Relative);
        using var answer = await _http.GetAsync(uri, cancellationToken);
        if (answer.StatusCode == HttpStatusCode.NotFound)
        {
            return null;
        }

        using var found = JsonDocument.Parse(await answer.EnsureSuccessStatusCode().Content.ReadAsByteArrayAsync(cancellationToken));
        var generation = long.Parse(found.RootElement.GetProperty("generation").GetString()!, CultureInfo.InvariantCulture);
        return new ObjectState(generation, TextIn(found.RootElement, "contentType"), TextIn(found.RootElement, "contentEncoding"));
    }

    /// <summary>Gives an object another content; its type and encoding stay.</summary>
    /// <param name="bucket">Where.</param>
    /// <param name="name">The object's full name.</param>
    /// <param name="state">As <see cref="FindAsync"/> gave it, before the old content was read.</param>
    /// <param name="content">All of it, in the object's encoding.</param>
    /// <param name="cancellationToken">Gives up; the object is then as it was.</param>
    /// <returns>False where it was replaced or deleted since: then nothing is written.</returns>
    /// <exception cref="HttpRequestException">It cannot be written.</exception>
    /// <seealso href="https://cloud.google.com/storage/docs/request-preconditions"/>
    public async Task<bool> ReplaceAsync(string bucket, string name, ObjectState state, Stream content, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(state);
        using var body = new StreamContent(content);
        body.Headers.ContentType = MediaTypeHeaderValue.Parse(state.ContentType ?? "application/octet-stream");
        var encoding = state.ContentEncoding is null ? "" : $"&contentEncoding={Escape(state.ContentEncoding)}";
        var uri = $"/upload/storage/v1/b/{Escape(bucket)}/o?uploadType=media&name={Escape(name)}&ifGenerationMatch={state.Generation.ToString(CultureInfo.InvariantCulture)}{encoding}";
        using var answer = await _http.PostAsync(new Uri(uri, UriKind.Relative), body, cancellationToken);
        if (answer.StatusCode == HttpStatusCode.PreconditionFailed)
        {
            return false;
        }

        answer.EnsureSuccessStatusCode();
        return true;
    }

    /// <summary>Writes an object, in place of one of the same name.</summary>
    /// <param name="bucket">Where.</param>
    /// <param name="name">The object's full name.</param>
    /// <param name="contentType">Such as <c>text/csv</c>.</param>
    /// <param name="content">All of it.</param>
    /// <param name="cancellationToken">Gives up; the object is then as it was.</param>
    /// <exception cref="HttpRequestException">It cannot be written.</exception>
    public async Task WriteAsync(string bucket, string name, string contentType, ReadOnlyMemory<byte> content, CancellationToken cancellationToken)
    {
        using var body = new ReadOnlyMemoryContent(content);
        body.Headers.ContentType = new MediaTypeHeaderValue(contentType);
        var uri = new Uri($"/upload/storage/v1/b/{Escape(bucket)}/o?uploadType=media&name={Escape(name)}", UriKind.Relative);
        using var answer = await _http.PostAsync(uri, body, cancellationToken);
        answer.EnsureSuccessStatusCode();
    }

    /// <inheritdoc/>
    public void Dispose() => _http.Dispose();

    private static string? TextIn(JsonElement resource, string field) => resource.TryGetProperty(field, out var value) ? value.GetString() : null;

    private static string Escape(string text) => Uri.EscapeDataString(text);
}
