using Google.Cloud.BigQuery.V2;

namespace PixelPipeline.GoogleCloud.BigQuery;

/// <summary>Makes clients of Google's BigQuery, or of another endpoint that speaks its REST API.</summary>
public static class BigQueryEndpoint
{
    /// <summary>Names another endpoint: <c>127.0.0.1:9050</c> or <c>http://127.0.0.1:9050</c>.</summary>
    public const string EmulatorVariable = "BIGQUERY_EMULATOR_HOST";

    /// <summary>Whether a text is a value of <see cref="EmulatorVariable"/>.</summary>
    public static bool IsEndpoint(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return EmulatorHost.TryParse(text, out _);
    }

    /// <summary>Makes a client. It tries each call once: whoever calls says what is tried again, and for how long.</summary>
    /// <param name="projectId">The project that the calls name.</param>
    /// <param name="emulatorHost">The value of <see cref="EmulatorVariable"/>; null or empty for Google's own.</param>
    /// <exception cref="FormatException">The endpoint is neither <c>HOST:PORT</c> nor an http or https URL.</exception>
    /// <exception cref="InvalidOperationException">There are no credentials for Google's BigQuery.</exception>
    public static BigQueryClient CreateClient(string projectId, string? emulatorHost)
    {
        var builder = new BigQueryClientBuilder { ProjectId = projectId };
        if (!string.IsNullOrEmpty(emulatorHost)) // else the builder finds the application's own credentials
        {
            builder.BaseUri = new Uri(EmulatorHost.Parse(emulatorHost, EmulatorVariable), "bigquery/v2/").ToString();
            builder.ApiKey = "emulator"; // any: it keeps the client from looking for credentials
        }

        var client = builder.Build();
        client.Service.HttpClient.MessageHandler.NumTries = 1;
        client.Service.HttpClient.MessageHandler.AddUnsuccessfulResponseHandler(RetryAfterRecorder.Instance);
        return client;
    }
}
