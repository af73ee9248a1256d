using System.Globalization;

namespace PixelPipeline.LocalBigQuery.Tests.Sql.Reference;

/// <summary>What an answer has to be.</summary>
/// <param name="IsRight">Whether the rows are it.</param>
/// <param name="Wanted">What was expected, for a message.</param>
internal sealed record AnalystAnswer(Func<IReadOnlyList<string>, bool> IsRight, string Wanted)
{
    /// <summary>Of a statement that changes rows or tables: how many rows, null where that is not told.</summary>
    public int? Affected { get; init; }

    /// <summary>A query that shows the change, and the row that it then has; null for a query.</summary>
    public (string Sql, string Row)? Then { get; init; }

    /// <summary>These rows, in any order.</summary>
    public static AnalystAnswer All(IEnumerable<string> rows)
    {
        var wanted = rows.Order(StringComparer.Ordinal).ToList();
        return new(found => found.Count == wanted.Count && found.Order(StringComparer.Ordinal).Zip(wanted).All(p => IsSame(p.First, p.Second)), string.Join("; ", wanted));
    }

    /// <summary>So many of these rows, whichever.</summary>
    public static AnalystAnswer Some(int count, IEnumerable<string> rows)
    {
        var wanted = rows.ToHashSet();
        return new(found => found.Count == Math.Min(count, wanted.Count) && found.All(wanted.Contains), $"{count} of {string.Join("; ", wanted)}");
    }

    /// <summary>So many of these rows, those with the largest numbers in a column.</summary>
    public static AnalystAnswer Top(int count, int column, IEnumerable<string> rows)
    {
        int Key(string row) => int.Parse(row.Split('|')[column], CultureInfo.InvariantCulture);
        var wanted = rows.ToHashSet();
        var keys = wanted.Select(Key).OrderDescending().Take(count);
        return new(found => found.All(wanted.Contains) && found.Select(Key).SequenceEqual(keys), $"the top {count} of {string.Join("; ", wanted)}");
    }

    /// <summary>Whatever passes the test.</summary>
    public static AnalystAnswer That(Func<IReadOnlyList<string>, bool> test) => new(test, "what the test says");

    /// <summary>A change, and what shows it.</summary>
    public static AnalystAnswer Changing(int? affected, string sql, string row) => new(rows => rows.Count == 0, "no rows") { Affected = affected, Then = (sql, row) };

    // The last digit of a FLOAT64 hangs on the order of a sum.
    private static bool IsSame(string found, string wanted) => found.Split('|').Zip(wanted.Split('|')).All(cell => cell.First == cell.Second
        || (double.TryParse(cell.First, NumberStyles.Float, CultureInfo.InvariantCulture, out var x) && double.TryParse(cell.Second, NumberStyles.Float, CultureInfo.InvariantCulture, out var y) && Math.Abs(x - y) <= Math.Abs(y) * 1e-12));
}
