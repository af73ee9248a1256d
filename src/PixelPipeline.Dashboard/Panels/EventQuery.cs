using PixelPipeline.Dashboard.Questions;
using PixelPipeline.Dashboard.Views;

namespace PixelPipeline.Dashboard.Panels;

/// <summary>
/// What questions about events begin with: <c>events</c>, each of the period that the filters let through, once, as the view
/// <c>events</c> has them. It takes the period before it looks for repetitions: BigQuery reads a view with a window whole,
/// whatever condition stands outside of it, and here only the partitions of the period.
/// </summary>
/// <param name="asking">What the page is about.</param>
/// <param name="columns">The columns that the question reads.</param>
internal sealed class EventQuery(Asking asking, params IEnumerable<string> columns)
{
    /// <summary>Whether the question asks for people's share itself, so that <see cref="View.Agents"/> lets all through.</summary>
    public bool OfEveryAgent { get; init; }

    /// <summary>The one user whose events are read, where it is one: their rows lie together.</summary>
    public string? User { get; init; }

    /// <summary>The first instant, where it is not the period's.</summary>
    public DateTime? From { get; init; }

    /// <summary>The first instant that counts no more, where it is not the period's.</summary>
    public DateTime? To { get; init; }

    /// <summary>True for people's events: of all, where the schema cannot tell.</summary>
    public static string IsPerson(EventTables tables) => tables.Has("agent_class") ? "IFNULL(agent_class, 'person') IN ('person', 'mail_proxy')" : "TRUE";

    /// <summary>Who made an event, for a day (UTC): the visitor, or where nothing tells them apart the user.</summary>
    public static string Visitor(EventTables tables) => tables.Has("visitor") ? "IFNULL(visitor, CAST(user_id AS STRING))" : "CAST(user_id AS STRING)";

    /// <summary>The columns that <see cref="Visitor"/> reads.</summary>
    public static IEnumerable<string> VisitorColumns(EventTables tables) => tables.Has("visitor") ? ["user_id", "visitor"] : ["user_id"];

    /// <summary>The question.</summary>
    /// <param name="select">What it asks of <c>events</c>.</param>
    /// <param name="more">Values that this takes, besides <c>@from</c> and <c>@to</c>.</param>
    public Question Ask(string select, params IEnumerable<Parameter> more)
    {
        var parameters = new List<Parameter> { new("from", From ?? asking.Period.From), new("to", To ?? asking.Period.To) };
        parameters.AddRange(more);
        if (User is not null)
        {
            parameters.Add(new Parameter("user", User));
        }

        var conditions = Conditions(parameters);
        return new Question(
            $"""
            WITH once AS (
            {Once(parameters)}
            ),
            events AS (
              SELECT *
              FROM once
              WHERE {conditions}
            )
            {select}
            """,
            parameters);
    }

    private string Once(List<Parameter> parameters)
    {
        if (asking.Repeated is not { } repeated)
        {
            return Distinct("");
        }

        if (repeated.Count == 0)
        {
            return Plain("");
        }

        parameters.Add(new Parameter("repeated", repeated.ToArray()));
        return $"{Plain(" AND event_id NOT IN UNNEST(@repeated)")}\n  UNION ALL\n{Distinct(" AND event_id IN UNNEST(@repeated)")}";
    }

    private string Plain(string condition) =>
        $"""
          SELECT {List(Read)}
          FROM {asking.Tables.Events}
          WHERE {Span}{condition}
        """;

    private string Distinct(string condition) =>
        $"""
          SELECT {List(Read)}
          FROM (
            SELECT {List(Read.Union(Keys))}
            FROM {asking.Tables.Events}
            WHERE {Span}{condition}
            QUALIFY ROW_NUMBER() OVER (PARTITION BY event_id ORDER BY event_time) = 1
          )
          WHERE TRUE{OnceByHitId}
        """;

    // The hits of pixel doctor count nowhere.
    private string Span => "event_time >= @from AND event_time < @to AND "
        + (User is null ? "IFNULL(CAST(user_id AS STRING), '') != 'pixel-doctor'" : $"{asking.Tables.Find("user_id")!.Text} = @user");

    private string OnceByHitId => asking.Tables.Has("hit_id")
        ? "\n  QUALIFY ROW_NUMBER() OVER (PARTITION BY user_id, DATE(event_time), IFNULL(hit_id, event_id) ORDER BY event_time, event_id) = 1"
        : "";

    private IEnumerable<string> Read => columns.Union(FilterColumns).Prepend("event_time").Distinct();

    private IEnumerable<string> FilterColumns =>
        asking.View.Filters.Select(f => Dimension(f).Column).Concat(ByAgent is null ? [] : ["agent_class"]);

    private IEnumerable<string> Keys => asking.Tables.Has("hit_id") ? ["event_id", "user_id", "hit_id"] : ["event_id", "user_id"];

    private string? ByAgent => OfEveryAgent || !asking.Tables.Has("agent_class") ? null : asking.View.Agents switch
    {
        Audience.People => IsPerson(asking.Tables),
        Audience.Machines => $"NOT ({IsPerson(asking.Tables)})",
        _ => null,
    };

    private string Conditions(List<Parameter> parameters)
    {
        var conditions = new List<string>();
        foreach (var filter in asking.View.Filters)
        {
            if (filter.Value is null)
            {
                conditions.Add($"{Dimension(filter).Text} IS NULL");
                continue;
            }

            var name = FormattableString.Invariant($"p{conditions.Count}");
            parameters.Add(new Parameter(name, filter.Value));
            conditions.Add($"{Dimension(filter).Text} = @{name}");
        }

        conditions.AddRange(ByAgent is null ? [] : [ByAgent]);
        return conditions.Count == 0 ? "TRUE" : string.Join("\n    AND ", conditions);
    }

    private Dimension Dimension(Filter filter) =>
        asking.Tables.Find(filter.Dimension) ?? throw new UnreadableViewException($"Events have no column {filter.Dimension}.");

    private static string List(IEnumerable<string> columns) => string.Join(", ", columns.Select(c => $"`{c}`"));
}
