using System.Collections.Concurrent;
using Google;
using Google.Cloud.BigQuery.V2;
using PixelPipeline.Tables;

namespace PixelPipeline.GoogleCloud.BigQuery;

/// <summary>
/// Sends inserts with the client's HTTP client, and with it its endpoint, credentials and retry handlers. The body is made
/// here: the client would make objects of each row, JSON of these, and compress it, however small it is.
/// </summary>
/// <seealso href="https://cloud.google.com/bigquery/docs/reference/rest/v2/tabledata/insertAll"/>
internal sealed class InsertCalls
{
    private readonly BigQueryClient _client;
    private readonly string _datasetId;
    private readonly ConcurrentDictionary<string, Uri> _addresses = []; // by base table: a handful

    /// <summary>Sets it up.</summary>
    /// <param name="client">Whose endpoint and credentials to use.</param>
    /// <param name="datasetId">The dataset of all tables.</param>
    public InsertCalls(BigQueryClient client, string datasetId)
    {
        _client = client;
        _datasetId = datasetId;
    }

    /// <summary>Makes one insert.</summary>
    /// <param name="table">Where to.</param>
    /// <param name="rows">Each as <see cref="Events.EventRow.InsertJson"/> has it.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="GoogleApiException">An answer that tells of failure.</exception>
    /// <exception cref="HttpRequestException">No answer, or not to its end.</exception>
    /// <exception cref="System.Text.Json.JsonException">A success that is no answer.</exception>
    /// <exception cref="IncompleteInsertException">As <see cref="InsertErrors.Read"/>.</exception>
    /// <exception cref="UnplacedErrorException">Likewise.</exception>
    public async Task<InsertErrors> SendAsync(TableName table, ReadOnlyMemory<byte>[] rows, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, _addresses.GetOrAdd(table.Base, AddressOf))
        {
            Content = InsertBody.Of(table.Suffix, rows),
        };
        using var response = await _client.Service.HttpClient.SendAsync(request, cancellationToken);
        if (!response.IsSuccessStatusCode)
        {
            throw await ReadErrorAsync(response);
        }

        var body = await response.Content.ReadAsByteArrayAsync(cancellationToken);
        return InsertErrors.Read(InsertAnswer.Read(body), rows.Length);
    }

    private Uri AddressOf(string table)
    {
        var key = _client.Service.ApiKey is { Length: > 0 } apiKey ? $"&key={Uri.EscapeDataString(apiKey)}" : "";
        return new Uri($"{_client.Service.BaseUri}projects/{Uri.EscapeDataString(_client.ProjectId)}/datasets/{_datasetId}/tables/{table}/insertAll?prettyPrint=false{key}");
    }

    private async Task<GoogleApiException> ReadErrorAsync(HttpResponseMessage response)
    {
        try
        {
            var error = await _client.Service.DeserializeError(response);
            return new GoogleApiException(_client.Service.Name, error?.Message ?? Describe(response)) { Error = error, HttpStatusCode = response.StatusCode };
        }
        catch (GoogleApiException e) // not in Google's form: a proxy's page of HTML
        {
            return new GoogleApiException(_client.Service.Name, Describe(response), e) { Error = e.Error, HttpStatusCode = response.StatusCode };
        }
    }

    private static string Describe(HttpResponseMessage response) => $"BigQuery answered {(int)response.StatusCode} {response.ReasonPhrase}.";
}
