using System.Globalization;
using System.Text.Json.Nodes;
using PixelPipeline.LocalBigQuery.Sql;
using PixelPipeline.LocalBigQuery.Sql.Types;

namespace PixelPipeline.LocalBigQuery.Tests.Sql.Reference;

/// <summary>How the engine's answer compares with the reference's.</summary>
internal enum Verdict
{
    /// <summary>The same rows, or an error where the reference has one.</summary>
    Agrees,

    /// <summary>Refused by "Not supported": less than the reference, and said so.</summary>
    NotSupported,

    /// <summary>Refused as if it were wrong.</summary>
    Refused,

    /// <summary>Answered though the reference refuses.</summary>
    Accepted,

    /// <summary>Other values or types.</summary>
    Differs,

    /// <summary>An exception that is none for the person who wrote the statement.</summary>
    Broken,
}

/// <summary>The engine's answer to a case.</summary>
internal sealed record ReferenceAnswer(Verdict Verdict, string Text)
{
    public static ReferenceAnswer Of(SqlFixture fixture, ReferenceCase wanted)
    {
        try
        {
            using var query = fixture.Engine.Prepare(wanted.Query, wanted.Parameters, "local", "pixels");
            var rows = query.Execute(CancellationToken.None).Select(row => new JsonArray([.. row.Select(Cell)])).ToList();
            return wanted.Rows is null
                ? new(Verdict.Accepted, string.Join(' ', rows.Select(r => r.ToJsonString())))
                : Compare(wanted, [.. query.Columns.Select(c => c.Type)], rows);
        }
        catch (GoogleSqlException e)
        {
            // The service refuses what has one name twice, which the reference answers.
            var agrees = wanted.Rows is null || e.Message.StartsWith("Duplicate column names in the result", StringComparison.Ordinal);
            return new(agrees ? Verdict.Agrees : e.Message.StartsWith("Not supported", StringComparison.Ordinal) ? Verdict.NotSupported : Verdict.Refused, e.Message);
        }
        catch (Exception e)
        {
            return new(Verdict.Broken, e.ToString());
        }
    }

    private static ReferenceAnswer Compare(ReferenceCase wanted, IReadOnlyList<DataType> types, List<JsonArray> rows)
    {
        var text = $"{string.Join(',', types)} {string.Join(' ', rows.Select(r => r.ToJsonString()))}";
        var isSame = HaveSameTypes(wanted.Types, types) && rows.Count == wanted.Rows!.Count && (wanted.Query.Contains("ORDER BY", StringComparison.OrdinalIgnoreCase)
            ? rows.Zip(wanted.Rows!).All(pair => IsSame(pair.First, pair.Second, types)) || IsSameInAnyOrder(rows, wanted.Rows!, types)
            : IsSameInAnyOrder(rows, wanted.Rows!, types));
        return new(isSame ? Verdict.Agrees : Verdict.Differs, text);
    }

    // A bare NULL has a type of its own there, some cases were recorded without types, and none with those of elements and fields.
    private static bool HaveSameTypes(IReadOnlyList<string> wanted, IReadOnlyList<DataType> types) =>
        wanted.Count != types.Count || wanted.Zip(types).All(pair => pair.First is "" or "UNKNOWN" || pair.First == (pair.Second.IsComparable ? pair.Second.Name() : pair.Second.Kind.ToString().ToUpperInvariant()));

    private static bool IsSameInAnyOrder(List<JsonArray> rows, JsonArray wanted, IReadOnlyList<DataType> types)
    {
        var left = rows.ToList();
        return wanted.All(row => left.FindIndex(r => IsSame(r, row, types)) is >= 0 and var at && Remove(left, at)) && left.Count == 0;
    }

    private static bool Remove(List<JsonArray> rows, int at)
    {
        rows.RemoveAt(at);
        return true;
    }

    private static bool IsSame(JsonNode? row, JsonNode? wanted, IReadOnlyList<DataType> types) =>
        row is JsonArray left && wanted is JsonArray right && left.Count == right.Count && left.Zip(right).Select((pair, i) => IsSame(pair.First, pair.Second, types[i])).All(same => same);

    // FLOAT64 are written in more than one way, and the last digits of a sum hang on its order.
    private static bool IsSame(JsonNode? cell, JsonNode? wanted, DataType type) => (cell, wanted) switch
    {
        (null, null) => true,
        (JsonArray left, JsonArray right) => left.Count == right.Count && left.Zip(right).Select((pair, i) => IsSame(pair.First, pair.Second, type.IsArray ? type.Element! : type.Fields[i].Type)).All(same => same),
        (JsonValue left, JsonValue right) when type == SqlType.Float64 && Number(left) is { } x && Number(right) is { } y => x == y || Math.Abs(x - y) <= Math.Abs(x) * 1e-14,
        (JsonValue left, JsonValue right) => left.ToString() == right.ToString(),
        _ => false,
    };

    private static double? Number(JsonValue value) =>
        double.TryParse(value.ToString(), NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number) ? number : null;

    private static JsonNode? Cell(object? value) => value switch
    {
        null => null,
        string text => text,
        bool flag => flag ? "true" : "false",
        double number => double.IsNaN(number) ? "NaN" : double.IsInfinity(number) ? (number > 0 ? "Infinity" : "-Infinity") : number.ToString("R", CultureInfo.InvariantCulture),
        DateOnly date => date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        Timestamp time => time.Micros.ToString(CultureInfo.InvariantCulture),
        byte[] bytes => Convert.ToBase64String(bytes),
        Datetime time => time.ToIsoString(),
        TimeOnly time => time.ToString("HH:mm:ss.FFFFFF", CultureInfo.InvariantCulture),
        Interval interval => FormattableString.Invariant($"0interval:{interval.Micros}us,{interval.Days}d,{interval.Months}"),
        object?[] values => new JsonArray([.. values.Select(Cell)]),
        _ => FormattableString.Invariant($"{value}"),
    };
}
