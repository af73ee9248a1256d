using System.Globalization;

namespace PixelPipeline.GoogleCloud.Tests.ClientContract;

/// <summary>
/// A BigQuery that takes resumable uploads and answers each, once it is whole, with the job that is done. Requests that
/// a test answers itself leave no trace in it.
/// </summary>
internal sealed class UploadServer : IAsyncDisposable
{
    internal const string Done =
        """
        {"jobReference":{"projectId":"local","jobId":"j-1","location":"EU"},"status":{"state":"DONE"},
         "statistics":{"creationTime":"1","load":{"inputFiles":"1","inputFileBytes":"9007199254740993","outputRows":"2","badRecords":"0"}}}
        """;

    private readonly MemoryStream _received = new();

    internal UploadServer() => Server = new ScriptedServer(Answer);

    internal ScriptedServer Server { get; }

    /// <summary>An answer in place of the usual one; null leaves it at that.</summary>
    internal Func<ScriptedRequest, Answer?> Instead { get; set; } = _ => null;

    internal byte[] Received => _received.ToArray();

    internal ScriptedRequest Session => Server.Requests.First(request => request.Method == "POST");

    internal IReadOnlyList<string> Ranges =>
        [.. Server.Requests.Where(request => request.Method == "PUT").Select(request => request.Headers["Content-Range"])];

    public ValueTask DisposeAsync() => Server.DisposeAsync();

    private Answer Answer(ScriptedRequest request)
    {
        if (Instead(request) is { } instead)
        {
            return instead;
        }

        if (request.Method == "POST")
        {
            return ClientContract.Answer.Session($"http://{request.Headers["Host"]}{request.Target}&upload_id=u-1");
        }

        _received.Write(request.Body);
        return request.Headers["Content-Range"].Split('/')[1] == _received.Length.ToString(CultureInfo.InvariantCulture)
            ? ClientContract.Answer.Json(200, Done)
            : ClientContract.Answer.Incomplete(_received.Length);
    }
}
