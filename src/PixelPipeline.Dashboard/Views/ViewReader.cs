using System.Globalization;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;

namespace PixelPipeline.Dashboard.Views;

/// <summary>Reads what a page is about from its address. Anybody may have written that: what is not understood is said, never guessed.</summary>
internal static class ViewReader
{
    /// <summary>The most filters of a view.</summary>
    public const int MostFilters = 20;

    private const string FilterPrefix = "is.";
    private const int MostShown = 60;
    private const int LongestName = 300; // https://cloud.google.com/bigquery/docs/schemas#column_names

    /// <summary>The view of an address.</summary>
    /// <param name="query">The address's parameters.</param>
    /// <param name="usualZone">The zone unless the address names one.</param>
    /// <exception cref="UnreadableViewException">The address does not say what to show; the message says what to mend.</exception>
    public static View Read(IQueryCollection query, TimeZoneInfo usualZone)
    {
        var view = new View { Zone = usualZone, Range = ReadRange(query) };
        var filters = new List<Filter>();
        foreach (var (name, values) in query)
        {
            if (name.StartsWith(FilterPrefix, StringComparison.Ordinal))
            {
                filters.Add(new Filter(Column(name[FilterPrefix.Length..]), One(name, values)));
                continue;
            }

            view = name switch
            {
                "range" or "from" or "to" => view,
                "by" => view with { Grain = One(name, values) is { Length: > 0 } by ? Choice<Grain>(name, by) : null },
                "agents" => view with { Agents = Choice<Audience>(name, One(name, values)) },
                "tz" => WithZone(view, One(name, values), usualZone),
                "list" => view with { List = One(name, values) is { Length: > 0 } column ? Column(column) : null },
                "no" => WithNone(view, values, filters),
                _ => throw new UnreadableViewException($"The address has a parameter that nothing here reads: {Shown.Cut(name, MostShown)}."),
            };
        }

        if (filters.Count > MostFilters)
        {
            throw new UnreadableViewException($"The address has {filters.Count} filters; {MostFilters} are the most.");
        }

        if (filters.GroupBy(f => f.Dimension).FirstOrDefault(g => g.Count() > 1) is { } twice)
        {
            throw new UnreadableViewException($"The address filters {twice.Key} twice.");
        }

        return view with { Filters = filters };
    }

    /// <summary>A zone by its name in the IANA database, such as <c>Europe/Berlin</c>; null where there is none such.</summary>
    public static TimeZoneInfo? FindZone(string name) =>
        name.Length is > 0 and <= 100 && !name.Contains("..", StringComparison.Ordinal) && name[0] != '/'
        && TimeZoneInfo.TryFindSystemTimeZoneById(name, out var zone) ? zone : null;

    private static DayRange ReadRange(IQueryCollection query)
    {
        var (from, to) = (query["from"].ToString(), query["to"].ToString());
        if (from.Length > 0 || to.Length > 0)
        {
            var (first, last) = (Day("from", One("from", query["from"])), Day("to", One("to", query["to"])));
            return first > last ? throw new UnreadableViewException($"from={from} is after to={to}.")
                : last.DayNumber - first.DayNumber >= DayRange.MostDays ? throw new UnreadableViewException($"From {from} to {to} is over ten years, which is the most.")
                : new DayRange(DayRange.Custom, first, last);
        }

        return One("range", query["range"]) is not { Length: > 0 } name ? DayRange.Default
            : DayRange.Named.ContainsKey(name) ? new DayRange(name)
            : throw new UnreadableViewException($"There is no range {Shown.Cut(name, MostShown)}: say {string.Join(", ", DayRange.Named.Keys)}, or from=2026-11-01&to=2026-11-15.");
    }

    private static DateOnly Day(string name, string text) =>
        DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) && day.Year is >= 1970 and < 9000
            ? day
            : throw new UnreadableViewException($"{name}={Shown.Cut(text, MostShown)} is no day: write it as 2026-11-01; from and to go together.");

    private static T Choice<T>(string name, string text)
        where T : struct, Enum => Enum.GetValues<T>().Cast<T?>().FirstOrDefault(v => View.Name(v!.Value) == text)
            ?? throw new UnreadableViewException($"{name}={Shown.Cut(text, MostShown)} is not known: say {string.Join(", ", Enum.GetValues<T>().Select(View.Name))}.");

    private static View WithZone(View view, string name, TimeZoneInfo usual) => name.Length == 0 || name == usual.Id ? view
        : FindZone(name) is { } zone ? view with { Zone = zone, IsUsualZone = false }
        : throw new UnreadableViewException($"tz={Shown.Cut(name, MostShown)} is no time zone: say UTC or a name such as Europe/Berlin.");

    private static View WithNone(View view, StringValues columns, List<Filter> filters)
    {
        filters.AddRange(columns.Select(c => new Filter(Column(c ?? ""), null)));
        return view;
    }

    private static string Column(string name) =>
        name.Length is > 0 and <= LongestName && !char.IsAsciiDigit(name[0]) && name.All(c => char.IsAsciiLetterOrDigit(c) || c == '_')
            ? name
            : throw new UnreadableViewException($"{Shown.Cut(name, MostShown)} is no name of a column.");

    private static string One(string name, StringValues values) =>
        values.Count <= 1 ? values.ToString() : throw new UnreadableViewException($"The address says {Shown.Cut(name, MostShown)} twice.");
}
