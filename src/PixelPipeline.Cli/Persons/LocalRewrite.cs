using System.Net;

namespace PixelPipeline.Cli.Persons;

/// <summary>Has the local BigQuery rewrite its files: <c>POST /local/rewrite</c>.</summary>
internal static class LocalRewrite
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(30);

    /// <summary>Rewrites, however long that takes.</summary>
    /// <param name="host"><c>HOST:PORT</c>.</param>
    /// <param name="cancellationToken">Waits no more; the rewriting goes on.</param>
    /// <exception cref="CommandException">It cannot: what was deleted stays deleted, and may be in the files for a while.</exception>
    public static async Task RunAsync(string host, CancellationToken cancellationToken)
    {
        using var http = new HttpClient { Timeout = Patience };
        var uri = new Uri($"{(host.Contains("://", StringComparison.Ordinal) ? host.TrimEnd('/') : "http://" + host)}/local/rewrite");
        using var answer = await http.PostAsync(uri, content: null, cancellationToken);
        if (answer.StatusCode != HttpStatusCode.OK)
        {
            throw new CommandException(answer.StatusCode == HttpStatusCode.NotFound
                ? $"The BigQuery at {host} is not that of `pixel up`, and does not rewrite its files: see to it yourself."
                : $"The local BigQuery could not rewrite its files ({(int)answer.StatusCode}): run the same again once nothing reads from it for long.");
        }
    }
}
