using System.Collections.Concurrent;
using System.Text.RegularExpressions;
using PixelPipeline.Dashboard.Panels;
using PixelPipeline.Dashboard.Questions;
using PixelPipeline.Dashboard.Views;

namespace PixelPipeline.Dashboard.Tests.Support;

/// <summary>A BigQuery that answers as the test says and remembers what it was asked.</summary>
internal sealed partial class ScriptedAnswers : IAnswers
{
    public static readonly DateTime Now = new(2026, 11, 20, 11, 12, 28, DateTimeKind.Utc);

    public ConcurrentQueue<Question> Questions { get; } = new();

    /// <summary>The tables of the layout both, with the columns that ship.</summary>
    public static EventTables ShippedTables { get; } = new("pixels", "pixel", AllEvents: "all_pixel")
    {
        Columns = [.. Some.ShippedSchema().Columns.Select(c => (c.Name, c.Type.ToString().ToUpperInvariant()))],
    };

    /// <summary>The usual page as of <see cref="Now"/>.</summary>
    public static Asking Asking()
    {
        var view = new View { Zone = TimeZoneInfo.Utc };
        return new Asking(ShippedTables, view, Period.Of(view.Range, view.Zone, view.Grain, Now), Now);
    }

    public EventTables? Tables { get; set; } = ShippedTables;

    /// <summary>What is answered to each question; may throw.</summary>
    public Func<Question, Answer> Answer { get; set; } = Usual();

    /// <summary>What a question for the tables throws.</summary>
    public Exception? Failure { get; set; }

    /// <summary>What every reading waits for.</summary>
    public Task Gate { get; set; } = Task.CompletedTask;

    public int Readings { get; private set; }

    /// <summary>A few events of one user, whose name and type may be anything.</summary>
    public static Func<Question, Answer> Usual(string user = "alice", string? type = "click") => question => question.Sql switch
    {
        var sql when sql.Contains("AS copies", StringComparison.Ordinal) => new(["day", "copies"], [[DateOnly.FromDateTime(Now), 3L]]),
        var sql when sql.Contains("COUNT(*) AS entries", StringComparison.Ordinal) => new(["entries"], [[2L]]),
        var sql when sql.Contains("AS again", StringComparison.Ordinal) => new(["event_id", "micros", "who", "hit", "again"], []),
        var sql when sql.Contains("is_entry", StringComparison.Ordinal) => new(
            ["is_now", "is_entry", "page", "visitors", "views", "events", "machines", "everything"],
            [[null, true, user, 1L, 2L, 3L, 0L, 3L], [false, null, null, 2L, 2L, 2L, 0L, 2L], [true, null, null, 1L, 2L, 3L, 1L, 4L]]),
        var sql when sql.Contains("GROUPING SETS", StringComparison.Ordinal) =>
            new(["list", "value", "events", "views"], [.. ListsIn(sql).Select(l => new object?[] { l, l == "types" ? type : user, 3L, 2L })]),
        var sql when sql.Contains("type = 'open'", StringComparison.Ordinal) => new(["agent_class", "events", "users"], [["person", 2L, 1L], ["prefetch", 1L, 1L]]),
        var sql when sql.Contains("first_seen", StringComparison.Ordinal) =>
            new(["minute", "events", "users", "first_seen"], [[Now.AddSeconds(-28), 3L, 1L, 1L]]),
        var sql when sql.Contains("shown_place", StringComparison.Ordinal) =>
            new(["slot", "shown_place", "shown_type", "events"], [[Now.Date.AddHours(11), 1L, type, 3L]]),
        var sql when sql.Contains("SELECT event_time\n", StringComparison.Ordinal) => new(["event_time"], [[Now], [Now]]),
        var sql when sql.Contains("AS lately", StringComparison.Ordinal) => new(["lately"], [[4L]]),
        var sql when sql.Contains("message, entry", StringComparison.Ordinal) => new(["reason", "rejected_time", "column", "message", "entry"], []),
        var sql when sql.Contains("rejected", StringComparison.Ordinal) => new(["reason", "entries", "unresolved", "newest"], [["missing_required", 2L, 1L, Now]]),
        _ => new(["event_id", "event_time", "user_id", "amount", "type"], [["id1", Now, user, 2.5, type], ["id2", Now, user, null, type]]),
    };

    private static IEnumerable<string> ListsIn(string sql) => ListNames().Matches(sql).Select(m => m.Groups[1].Value);

    [GeneratedRegex("'([a-z]+)' AS k")]
    private static partial Regex ListNames();

    public async Task<EventTables?> FindTablesAsync(CancellationToken cancellationToken)
    {
        Readings++;
        await Gate.WaitAsync(cancellationToken);
        return Failure is null ? Tables : throw Failure;
    }

    public Task<Answer> AskAsync(Question question, CancellationToken cancellationToken)
    {
        Questions.Enqueue(question);
        var answer = Answer(question);
        return Task.FromResult(question.Sql.Contains("is_open", StringComparison.Ordinal) ? OfToday(answer) : answer);
    }

    private static Answer OfToday(Answer answer) => new([.. answer.Columns.Prepend("is_open")], [.. answer.Rows.Select(r => r.Prepend(true).ToList())]);
}
