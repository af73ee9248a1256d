using Google.Cloud.BigQuery.V2;

namespace PixelPipeline.GoogleCloud.Tests.ClientContract;

/// <summary>Clients of a scripted server, and the insert that most tests make.</summary>
internal static class Client
{
    internal static BigQueryClient Of(ScriptedServer server) => Of(server.Port);

    internal static BigQueryClient Of(int port, string apiKey = "x") => new BigQueryClientBuilder
    {
        ProjectId = "local",
        BaseUri = $"http://127.0.0.1:{port}/bigquery/v2/",
        ApiKey = apiKey,
    }.Build();

    internal static Task<BigQueryInsertResults> InsertAsync(
        this BigQueryClient client, InsertOptions? options = null, CancellationToken cancellationToken = default) =>
        client.InsertAsync([new BigQueryInsertRow("id-1") { { "user_id", "a" } }], options, cancellationToken);

    internal static Task<BigQueryInsertResults> InsertAsync(
        this BigQueryClient client,
        IEnumerable<BigQueryInsertRow> rows,
        InsertOptions? options = null,
        CancellationToken cancellationToken = default) =>
        client.InsertRowsAsync("pixels", "pixel", rows, options, cancellationToken);
}
