using System.Globalization;
using PixelPipeline.Dashboard.Questions;
using PixelPipeline.Dashboard.Views;

namespace PixelPipeline.Dashboard.Snapshots;

/// <summary>Whether the tables have what an address names.</summary>
internal static class ViewCheck
{
    private const int MostShown = 60;

    /// <exception cref="UnreadableViewException">They have not; the message says what to mend.</exception>
    public static void Check(View view, EventTables tables)
    {
        foreach (var filter in view.Filters)
        {
            CheckValue(Find(filter.Dimension, tables), filter.Value);
        }

        if (view.List is { } list)
        {
            Find(list, tables);
        }
    }

    private static Dimension Find(string name, EventTables tables) =>
        tables.Find(name) is { } found && (tables.ListedColumns.Contains(found.Column) || found.Column is "event_id" or "hit_id")
            ? found
            : throw new UnreadableViewException($"Events have no column {Shown.Cut(name, MostShown)}. They have {string.Join(", ", tables.ListedColumns)}.");

    private static void CheckValue(Dimension dimension, string? value)
    {
        if (value is not null && !Fits(dimension.Type, value))
        {
            throw new UnreadableViewException($"The column {dimension.Column} is of the type {dimension.Type}, and {Shown.Cut(value, MostShown)} is no value of it.");
        }
    }

    private static bool Fits(string type, string value) => type switch
    {
        "INTEGER" or "INT64" => long.TryParse(value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out _),
        "FLOAT" or "FLOAT64" or "NUMERIC" => double.TryParse(value, NumberStyles.Float, CultureInfo.InvariantCulture, out _),
        "BOOLEAN" or "BOOL" => value is "true" or "false",
        "DATE" => DateOnly.TryParseExact(value, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out _),
        _ => true,
    };
}
