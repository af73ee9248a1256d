using System.Globalization;
using System.Net;
using PixelPipeline.Local;
using PixelPipeline.Local.HitTrails;
using PixelPipeline.Local.PubSub;

namespace PixelPipeline.Cli.Doctor;

/// <summary>The pipeline of <c>pixel up</c>, seen through its data folder and the function's port.</summary>
internal sealed class LocalProbe : IPipelineProbe, IDisposable
{
    private static readonly TimeSpan ClocksDiffer = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    private readonly HttpClient _http = new() { Timeout = Patience };
    private readonly DataFolder _data;
    private readonly HitTrail _inspection;
    private readonly int _functionPort;
    private LoggedEntry? _entry;

    /// <summary>A probe of the pipeline that <c>pixel up</c> runs on a data folder.</summary>
    /// <param name="data">Its data folder.</param>
    /// <param name="functionPort">The function's port.</param>
    public LocalProbe(DataFolder data, int functionPort)
    {
        _data = data;
        _inspection = new HitTrail(data);
        _functionPort = functionPort;
        Remedies = new Remedies(
            NoAnswer: "./pixel up, or name its address with --url",
            WrongAnswer: "name the pixel's address with --url, as `pixel up` printed it",
            Caching: "name the pixel's address with --url, as `pixel up` printed it",
            NoBigQuery: "./pixel up, or where it was started with --bigquery, ./pixel bigquery; name it with --bigquery",
            NoTable: "stop and start ./pixel up, which makes it; or name another with --dataset and --base-table",
            OtherColumns: _ => "stop and start ./pixel up with the --schema that the doctor has: its start adds missing columns, and says what cannot be changed");
    }

    public Remedies Remedies { get; }

    public Task<Finding> FindEntryAsync(MarkedHit hit, CancellationToken cancellationToken)
    {
        _entry = _inspection.FindEntry(hit.Mark, hit.SentAt - ClocksDiffer);
        return Task.FromResult<Finding>(_entry is { } entry
            ? new Finding.Passed($"in {entry.Segment}")
            : new Finding.NotYet($"the hit is not in {_data.AccessLog}", "name the data folder of that `pixel up` with --data"));
    }

    public Task<Finding> FindMessageAsync(MarkedHit hit, CancellationToken cancellationToken)
    {
        var state = _inspection.StateOf(_entry!);
        var deadLetters = new DeadLetterStore(_data).List().Count;
        var others = string.Create(CultureInfo.InvariantCulture, $"{state.Backlog:N0} others wait, {deadLetters:N0} dead letters");
        return Task.FromResult<Finding>(state.IsTaken
            ? new Finding.Passed($"message {_entry!.MessageId} is {(state.IsWaiting ? "on its way" : "delivered")}; {others}")
            : new Finding.NotYet($"the subscription has not taken the message; {others}", "stop and start ./pixel up on the same data folder; nothing is lost"));
    }

    public async Task<Finding> FindFunctionAsync(CancellationToken cancellationToken)
    {
        var remedy = "see what `pixel up` prints of the function (with --verbose, all of it), then stop and start it; name its port with --function-port";
        try
        {
            // The functions framework answers 404 here, and hands nothing to the function.
            using var answer = await _http.GetAsync(new Uri($"http://127.0.0.1:{_functionPort}/robots.txt"), cancellationToken);
            return answer.StatusCode == HttpStatusCode.NotFound
                ? new Finding.Passed($"answers on port {_functionPort}")
                : new Finding.Broken($"what answers on port {_functionPort} is no function ({(int)answer.StatusCode})", remedy);
        }
        catch (HttpRequestException)
        {
            return new Finding.NotYet($"nothing listens on port {_functionPort}", remedy);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return new Finding.NotYet($"it does not answer on port {_functionPort} within {Patience.TotalSeconds} s", remedy);
        }
    }

    public Task<Finding.Broken> ExplainMissingRowAsync(MarkedHit hit, CancellationToken cancellationToken)
    {
        var state = _inspection.StateOf(_entry!);
        return Task.FromResult(state switch
        {
            { FailedAttempts: > 0 } => new Finding.Broken($"the function has refused the message {state.FailedAttempts} times", "look at what `pixel up` prints: it says why BigQuery takes no rows"),
            { IsWaiting: true } => new Finding.Broken("the function has the message and does not answer", "look at what `pixel up` prints; a new table may wait for its turn, so try again with a longer --timeout"),
            _ => new Finding.Broken("the message is acknowledged, but its row is not where it should be", "give the doctor the --bigquery, --dataset, --layout and --schema that `pixel up` has"),
        });
    }

    public void Dispose() => _http.Dispose();
}
