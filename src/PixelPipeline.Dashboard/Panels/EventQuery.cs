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

    /// <summary>True for the events of those whom the page is about; null where it is about all.</summary>
    public static string? OfAgents(Asking asking) => asking.View.Agents switch
    {
        Audience.People => IsPerson(asking.Tables),
        Audience.Machines => $"NOT ({IsPerson(asking.Tables)})",
        _ => null,
    };

    /// <summary>Who made an event, for a day (UTC): the visitor, or where nothing tells them apart the user.</summary>
    public static string Visitor(EventTables tables) => tables.Has("visitor") ? "IFNULL(visitor, CAST(user_id AS STRING))" : "CAST(user_id AS STRING)";

    /// <summary>The columns that <see cref="Visitor"/> reads.</summary>
    public static IEnumerable<string> VisitorColumns(EventTables tables) => tables.Has("visitor") ? ["user_id", "visitor"] : ["user_id"];

    /// <summary>
    /// An instant, <c>@begin</c>, from which on each event counts anew: so that two periods that are compared have each the
    /// numbers that they have by themselves; null for none.
    /// </summary>
    public DateTime? Begin { get; init; }

    /// <summary>True for events of open days, in SQL; only where <see cref="Asking.Open"/> says which.</summary>
    public string IsOpen => "event_time >= @open" + (Begin is null ? "" : " OR event_time >= @openbefore AND event_time < @begin");

    /// <summary>The question.</summary>
    /// <param name="select">What it asks of <c>events</c>.</param>
    /// <param name="more">Values that this takes, besides <c>@from</c> and <c>@to</c>.</param>
    public Question Ask(string select, params IEnumerable<Parameter> more)
    {
        var parameters = new List<Parameter> { new("from", From ?? asking.Period.From), new("to", To ?? asking.Period.To) };
        parameters.AddRange(more);
        if (Begin is { } begin)
        {
            parameters.Add(new Parameter("begin", begin));
        }

        if (asking.Open is { } open)
        {
            parameters.Add(new Parameter("open", open.From));
            parameters.AddRange(Begin is null ? [] : [new("openbefore", open.FromBefore)]);
        }

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
        if (asking.Repeats is not { } repeats)
        {
            return Distinct;
        }

        // Which of its copies counts follows from the whole span, whichever days are asked of.
        var exclusion = repeats.Of(From ?? asking.Period.From, To ?? asking.Period.To, Begin);
        var excluded = exclusion.Times.Where(IsAsked).ToList();
        if (excluded.Count == 0)
        {
            return Plain("");
        }

        parameters.Add(new Parameter("excluded", string.Join(' ', excluded)));
        var plain = Plain($" AND event_time NOT IN {Times}");
        var kept = exclusion.Kept.Where(r => IsAsked(r.Micros)).Select(r => FormattableString.Invariant($"{r.Micros} {r.EventId}")).ToList();
        if (kept.Count == 0)
        {
            return plain;
        }

        parameters.Add(new Parameter("kept", string.Join('\n', kept)));
        return $"{plain}\n  UNION ALL\n{Kept}";
    }

    // As one text: thousands of values by themselves would cost more than what is asked. And as times, which every question
    // reads anyway and which are told apart faster than ids.
    private const string Times = "(SELECT TIMESTAMP_MICROS(CAST(micros AS INT64)) FROM UNNEST(SPLIT(@excluded, ' ')) AS micros)";

    // Of rows that are the same in time and id, one.
    private string Kept =>
        $"""
          SELECT {string.Join(", ", Read.Select(c => c is "event_time" or "event_id" ? $"`{c}`" : $"ANY_VALUE(`{c}`) AS `{c}`"))}
          FROM {asking.Tables.Events}
          WHERE {Span} AND event_time IN {Times}
            AND CONCAT(CAST(UNIX_MICROS(event_time) AS STRING), ' ', event_id) IN (SELECT pair FROM UNNEST(SPLIT(@kept, '\n')) AS pair)
          GROUP BY event_id, event_time
        """;

    private string Plain(string condition) =>
        $"""
          SELECT {List(Read)}
          FROM {asking.Tables.Events}
          WHERE {Span}{condition}
        """;

    private string Distinct =>
        $"""
          SELECT {List(Read)}
          FROM (
            SELECT {List(Read.Union(Keys))}
            FROM {asking.Tables.Events}
            WHERE {Span}
            QUALIFY ROW_NUMBER() OVER (PARTITION BY event_id{Anew} ORDER BY event_time) = 1
          )
          WHERE TRUE{OnceByHitId}
        """;

    // The hits of pixel doctor count nowhere.
    private string Span => $"event_time >= @from AND event_time < @to AND {(asking.OnlyOpen ? $"({IsOpen}) AND " : "")}"
        + (User is null ? "IFNULL(CAST(user_id AS STRING), '') != 'pixel-doctor'" : $"{asking.Tables.Find("user_id")!.Text} = @user");

    private bool IsAsked(long micros) => asking is not { Open: { } open, OnlyOpen: true } || micros >= Repeats.Micros(open.From)
        || (Begin is { } begin && micros >= Repeats.Micros(open.FromBefore) && micros < Repeats.Micros(begin));

    private string Anew => Begin is null ? "" : ", event_time >= @begin";

    private string OnceByHitId => asking.Tables.Has("hit_id")
        ? $"\n  QUALIFY ROW_NUMBER() OVER (PARTITION BY user_id, DATE(event_time), IFNULL(hit_id, event_id){Anew} ORDER BY event_time, event_id) = 1"
        : "";

    private IEnumerable<string> Read => columns.Union(FilterColumns).Prepend("event_time").Distinct();

    private IEnumerable<string> FilterColumns =>
        asking.View.Filters.Select(f => Dimension(f).Column).Concat(ByAgent is null ? [] : ["agent_class"]);

    private IEnumerable<string> Keys => asking.Tables.Has("hit_id") ? ["event_id", "user_id", "hit_id"] : ["event_id", "user_id"];

    private string? ByAgent => OfEveryAgent || !asking.Tables.Has("agent_class") ? null : OfAgents(asking);

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
