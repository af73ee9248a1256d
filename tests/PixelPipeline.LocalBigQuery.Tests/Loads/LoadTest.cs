using System.Net;
using System.Text;
using System.Text.Json.Nodes;

namespace PixelPipeline.LocalBigQuery.Tests.Loads;

/// <summary>Loads files into the table <c>pixel</c> of three columns, and others.</summary>
internal abstract class LoadTest : BigQueryTest
{
    protected const string Jobs = "/upload/bigquery/v2/projects/local/jobs";

    /// <summary>A load job as a client sends it; <paramref name="more"/> begins with a comma.</summary>
    protected static string Job(string id, string more = "", string table = "pixel") =>
        $$$$"""
        {"jobReference":{"jobId":"{{{{id}}}}"},"configuration":{"load":{
          "destinationTable":{"datasetId":"pixels","tableId":"{{{{table}}}}"},"sourceFormat":"NEWLINE_DELIMITED_JSON"{{{{more}}}}}}}
        """;

    protected Task<Answer> LoadAsync(string lines, string id = "load-1", string more = "", string table = "pixel") =>
        LoadAsync(Encoding.UTF8.GetBytes(lines), id, more, table);

    /// <summary>Loads a file in one chunk and waits until the job is done; or the refusal.</summary>
    protected async Task<Answer> LoadAsync(byte[] file, string id = "load-1", string more = "", string table = "pixel")
    {
        var begun = await BigQuery.Http.PostAsync(new Uri(BigQuery.Http.BaseAddress!, Jobs + "?uploadType=resumable"), Json(Job(id, more, table)));
        if (begun.StatusCode != HttpStatusCode.OK)
        {
            return await ReadAsync(begun);
        }

        var started = await ReadAsync(await PutAsync(begun.Headers.Location!, file, file.Length == 0 ? "bytes */0" : $"bytes 0-{file.Length - 1}/{file.Length}"));
        return started.Status == HttpStatusCode.OK ? await DoneAsync(id) : started;
    }

    /// <summary>The job once it is done.</summary>
    protected async Task<Answer> DoneAsync(string id)
    {
        Answer job = null!;
        await Eventually.IsTrueAsync(async () => State(job = await BigQuery.GetAsync($"jobs/{id}")) == "DONE", "the job is done");
        return job;
    }

    /// <summary>Begins a resumable upload: where its bytes go.</summary>
    protected async Task<Uri> BeginAsync(string job)
    {
        using var begun = await BigQuery.Http.PostAsync(new Uri(BigQuery.Http.BaseAddress!, Jobs + "?uploadType=resumable"), Json(job));
        Assert.That(begun.StatusCode, Is.EqualTo(HttpStatusCode.OK));
        return begun.Headers.Location!;
    }

    protected async Task<HttpResponseMessage> PutAsync(Uri session, byte[] bytes, string? range)
    {
        using var content = new ByteArrayContent(bytes);
        content.Headers.TryAddWithoutValidation("Content-Range", range);
        return await BigQuery.Http.PutAsync(session, content);
    }

    protected static async Task<Answer> ReadAsync(HttpResponseMessage response)
    {
        using (response)
        {
            var text = await response.Content.ReadAsStringAsync();
            return new Answer(response.StatusCode, text.Length == 0 ? [] : JsonNode.Parse(text)!.AsObject());
        }
    }

    /// <summary>How far an upload came, as the answer 308 says: the header Range, empty for nothing.</summary>
    protected static string ReceivedOf(HttpResponseMessage response)
    {
        using (response)
        {
            Assert.That((int)response.StatusCode, Is.EqualTo(308));
            return response.Headers.TryGetValues("Range", out var range) ? range.Single() : "";
        }
    }

    protected static string? State(Answer job) => (string?)job.Body["status"]?["state"];

    protected static string? Failure(Answer job) => (string?)job.Body["status"]?["errorResult"]?["reason"];

    protected static IEnumerable<string> Errors(Answer job) =>
        (job.Body["status"]?["errors"] as JsonArray ?? []).Select(error => (string)error!["message"]!);

    protected static string? Statistic(Answer job, string name) => (string?)job.Body["statistics"]!["load"]![name];

    protected async Task<IEnumerable<string>> RowsAsync(string table = "pixel") => (await BigQuery.ListAsync(table)).Rows;

    /// <summary>Uploads that are beside the database.</summary>
    protected IEnumerable<string> Uploads() => Directory.EnumerateFiles(Path.GetDirectoryName(BigQuery.DatabasePath)!, "*-upload-*");

    private static StringContent Json(string json) => new(json, Encoding.UTF8, "application/json");
}
