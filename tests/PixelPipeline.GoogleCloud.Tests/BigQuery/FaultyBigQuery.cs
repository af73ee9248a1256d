using System.Text.Json;
using PixelPipeline.GoogleCloud.Tests.ClientContract;

namespace PixelPipeline.GoogleCloud.Tests.BigQuery;

/// <summary>
/// Makes a recording BigQuery fail by a seed, in every way that its pages tell of. Rows whose <c>order_id</c> begins
/// with <c>bad</c> are invalid; with <c>toxic</c>, BigQuery refuses the whole request.
/// </summary>
internal sealed class FaultyBigQuery
{
    private readonly Random _random;
    private readonly SkippingTime _time;

    public FaultyBigQuery(RecordingBigQuery bigQuery, SkippingTime time, int seed)
    {
        _random = new Random(seed);
        _time = time;
        bigQuery.Instead = InsteadOf;
        bigQuery.Afterwards = After;
    }

    /// <summary>False once the faults are over; what is wrong with rows stays.</summary>
    public bool IsFailing { get; set; } = true;

    private static bool Begins(JsonElement row, string text) =>
        row.GetProperty("json").TryGetProperty("order_id", out var name) && name.GetString()!.StartsWith(text, StringComparison.Ordinal);

    private Answer? InsteadOf(ScriptedRequest request)
    {
        var fault = IsFailing ? Next(24) : int.MaxValue;
        if (!RecordingBigQuery.IsInsert(request))
        {
            return Failure(fault * 2);
        }

        var rows = request.Json.GetProperty("rows").EnumerateArray().ToList();
        return Failure(fault)
            ?? (fault == 10 && rows.Count > 3 ? Answer.Error(413, "uploadTooLarge") : null)
            ?? (fault == 11 ? WriterUnderTest.RowErrors([.. rows.Select((_, i) => ((int?)i, (string?)(i == 0 ? "backendError" : "stopped")))]) : null)
            ?? (fault == 12 ? WriterUnderTest.RowErrors((Next(rows.Count), "unheardOf")) : null)
            ?? (rows.Exists(r => Begins(r, "toxic")) ? Answer.Error(400, "invalid") : null)
            ?? (rows.Exists(r => Begins(r, "bad"))
                ? WriterUnderTest.RowErrors([.. rows.Select((r, i) => ((int?)i, (string?)(Begins(r, "bad") ? "invalid" : "stopped")))])
                : null);
    }

    private Answer? Failure(int fault) => fault switch
    {
        0 => Answer.Error(500, "internalError"),
        1 => Answer.Html(503),
        2 => Answer.RetryAfter(429, "rateLimitExceeded", "2"),
        3 => Answer.Error(403, "quotaExceeded"),
        4 => Answer.Error(404, "notFound"),
        5 => Answer.Reset,
        6 => Hang(),
        7 => Answer.Html(200),
        8 => Answer.Error(403, "accessDenied"),
        9 => Answer.RetryAfter(503, "backendError", "50"),
        _ => null,
    };

    /// <summary>The insert took effect, and the client does not learn of it.</summary>
    private Answer? After(ScriptedRequest request) => (IsFailing ? Next(16) : int.MaxValue) switch
    {
        0 => Answer.Reset,
        1 => Answer.Close,
        2 => Answer.Truncated,
        3 => Answer.Json(200, ""),
        4 => Hang(),
        5 => Answer.Error(503, "backendError"),
        _ => null,
    };

    private Answer Hang()
    {
        ThreadPool.QueueUserWorkItem(_ => _time.Advance(TimeSpan.FromSeconds(20)));
        return Answer.Never;
    }

    private int Next(int bound)
    {
        lock (_random)
        {
            return _random.Next(bound);
        }
    }
}
