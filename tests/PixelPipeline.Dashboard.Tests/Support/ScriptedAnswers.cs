using System.Collections.Concurrent;
using PixelPipeline.Dashboard.Questions;

namespace PixelPipeline.Dashboard.Tests.Support;

/// <summary>A BigQuery that answers as the test says and remembers what it was asked.</summary>
internal sealed class ScriptedAnswers : IAnswers
{
    public static readonly DateTime Now = new(2026, 11, 20, 11, 12, 28, DateTimeKind.Utc);

    public ConcurrentQueue<Question> Questions { get; } = new();

    public EventTables? Tables { get; set; } = new("pixels", "pixel", AllEvents: "pixel");

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
        var sql when sql.Contains("first_seen", StringComparison.Ordinal) =>
            new(["minute", "events", "users", "first_seen"], [[Now.AddSeconds(-28), 3L, 1L, 1L]]),
        var sql when sql.Contains("shown_place", StringComparison.Ordinal) =>
            new(["date", "shown_place", "shown_type", "hits"], [[DateOnly.FromDateTime(Now), 1L, type, 3L]]),
        var sql when sql.Contains("rejected", StringComparison.Ordinal) =>
            new(["reason", "entries", "last_time"], [["missing_required", 2L, Now]]),
        var sql when sql.Contains("GROUP BY user_id", StringComparison.Ordinal) =>
            new(["user_id", "events", "last_time"], [[user, 3L, Now]]),
        _ => new(["event_id", "event_time", "user_id", "amount", "type"], [["id1", Now, user, 2.5, type], ["id2", Now, user, null, type]]),
    };

    public async Task<EventTables?> FindTablesAsync(CancellationToken cancellationToken)
    {
        Readings++;
        await Gate.WaitAsync(cancellationToken);
        return Failure is null ? Tables : throw Failure;
    }

    public Task<Answer> AskAsync(Question question, CancellationToken cancellationToken)
    {
        Questions.Enqueue(question);
        return Task.FromResult(Answer(question));
    }
}
