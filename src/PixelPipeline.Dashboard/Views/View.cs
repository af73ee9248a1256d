using System.Globalization;
using System.Text;

namespace PixelPipeline.Dashboard.Views;

/// <summary>What a page is about. All of it is in the address, so that a page can be linked to, and the back button works.</summary>
public sealed record View
{
    /// <summary>Which days.</summary>
    public DayRange Range { get; init; } = DayRange.Default;

    /// <summary>The bars over time; null for those that fit.</summary>
    public Grain? Grain { get; init; }

    /// <summary>Whose events.</summary>
    public Audience Agents { get; init; }

    /// <summary>The zone whose days and hours are meant.</summary>
    public required TimeZoneInfo Zone { get; init; }

    /// <summary>True where <see cref="Zone"/> is the setting's, and no address needs to say it.</summary>
    public bool IsUsualZone { get; init; } = true;

    /// <summary>What events must have, all of it.</summary>
    public IReadOnlyList<Filter> Filters { get; init; } = [];

    /// <summary>The column whose values are listed beside the usual ones; null for none.</summary>
    public string? List { get; init; }

    /// <summary>The same with one more filter; one of the same dimension goes.</summary>
    public View With(Filter filter) => this with { Filters = [.. Filters.Where(f => f.Dimension != filter.Dimension), filter] };

    /// <summary>The same without a filter.</summary>
    public View Without(Filter filter) => this with { Filters = [.. Filters.Where(f => f != filter)] };

    /// <summary>The page's address, <c>/?range=7d&amp;is.page=…</c>; the same for equal views.</summary>
    public string Address => "/" + Query;

    /// <summary>The address of a panel's file: <c>/panels/pages.csv?range=7d</c>.</summary>
    public string FileOf(string panel, string extension) => $"/panels/{panel}.{extension}{Query}";

    /// <summary>The address of one user's page.</summary>
    public string AddressOfUser(string user) => $"/user?id={Uri.EscapeDataString(user)}{(IsUsualZone ? "" : $"&tz={Uri.EscapeDataString(Zone.Id)}")}";

    /// <summary>What follows the path: <c>?range=7d</c>, or nothing for the usual view.</summary>
    public string Query
    {
        get
        {
            var text = new StringBuilder();
            foreach (var (name, value) in Parameters)
            {
                text.Append(text.Length == 0 ? '?' : '&').Append(name).Append('=').Append(Uri.EscapeDataString(value));
            }

            return text.ToString();
        }
    }

    /// <summary>The parameters of the address, in its order; what is usual is left out.</summary>
    public IEnumerable<(string Name, string Value)> Parameters
    {
        get
        {
            if (Range.First is { } first && Range.Last is { } last)
            {
                yield return ("from", Day(first));
                yield return ("to", Day(last));
            }
            else if (Range != DayRange.Default)
            {
                yield return ("range", Range.Name);
            }

            if (Grain is { } grain)
            {
                yield return ("by", Name(grain));
            }

            if (Agents != Audience.People)
            {
                yield return ("agents", Name(Agents));
            }

            if (!IsUsualZone)
            {
                yield return ("tz", Zone.Id);
            }

            foreach (var filter in Filters)
            {
                yield return filter.Value is null ? ("no", filter.Dimension) : ("is." + filter.Dimension, filter.Value);
            }

            if (List is not null)
            {
                yield return ("list", List);
            }
        }
    }

    /// <inheritdoc/>
    public bool Equals(View? other) => other is not null && Query == other.Query && Zone.Id == other.Zone.Id;

    /// <inheritdoc/>
    public override int GetHashCode() => Query.GetHashCode(StringComparison.Ordinal);

    /// <summary>A name in an address: <c>day</c>, <c>people</c>.</summary>
    public static string Name<T>(T value)
        where T : struct, Enum => value.ToString().ToLowerInvariant();

    private static string Day(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
