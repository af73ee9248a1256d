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
                : Compare(wanted, [.. query.Columns.Select(c => c.Type.Name())], rows);
        }
        catch (GoogleSqlException e)
        {
            return new(wanted.Rows is null ? Verdict.Agrees : e.Message.StartsWith("Not supported", StringComparison.Ordinal) ? Verdict.NotSupported : Verdict.Refused, e.Message);
        }
        catch (Exception e)
        {
            return new(Verdict.Broken, e.ToString());
        }
    }

    private static ReferenceAnswer Compare(ReferenceCase wanted, List<string> types, List<JsonArray> rows)
    {
        var text = $"{string.Join(',', types)} {string.Join(' ', rows.Select(r => r.ToJsonString()))}";
        var isSame = HaveSameTypes(wanted.Types, types) && rows.Count == wanted.Rows!.Count && (wanted.Query.Contains("ORDER BY", StringComparison.OrdinalIgnoreCase)
            ? rows.Zip(wanted.Rows!).All(pair => IsSame(pair.First, pair.Second)) || IsSameInAnyOrder(rows, wanted.Rows!)
            : IsSameInAnyOrder(rows, wanted.Rows!));
        return new(isSame ? Verdict.Agrees : Verdict.Differs, text);
    }

    // A bare NULL has a type of its own there, and some cases were recorded without types.
    private static bool HaveSameTypes(IReadOnlyList<string> wanted, List<string> types) =>
        wanted.Count != types.Count || wanted.Zip(types).All(pair => pair.First is "" or "UNKNOWN" || pair.First == pair.Second);

    private static bool IsSameInAnyOrder(List<JsonArray> rows, JsonArray wanted)
    {
        var left = rows.ToList();
        return wanted.All(row => left.FindIndex(r => IsSame(r, row)) is >= 0 and var at && Remove(left, at)) && left.Count == 0;
    }

    private static bool Remove(List<JsonArray> rows, int at)
    {
        rows.RemoveAt(at);
        return true;
    }

    private static bool IsSame(JsonNode? a, JsonNode? b) => (a, b) switch
    {
        (null, null) => true,
        (JsonArray left, JsonArray right) => left.Count == right.Count && left.Zip(right).All(pair => IsSame(pair.First, pair.Second)),
        (JsonValue left, JsonValue right) => IsSame(left.ToString(), right.ToString()),
        _ => false,
    };

    // FLOAT64 are written in more than one way; the last digits of a sum hang on its order.
    private static bool IsSame(string a, string b) => a == b
        || (double.TryParse(a, NumberStyles.Float, CultureInfo.InvariantCulture, out var x) && double.TryParse(b, NumberStyles.Float, CultureInfo.InvariantCulture, out var y)
            && !a.AsSpan().ContainsAny(":T ") && !(long.TryParse(a, out _) && long.TryParse(b, out _)) && Math.Abs(x - y) <= Math.Abs(x) * 1e-14);

    private static JsonNode? Cell(object? value) => value switch
    {
        null => null,
        string text => text,
        bool flag => flag ? "true" : "false",
        double number => double.IsNaN(number) ? "NaN" : double.IsInfinity(number) ? (number > 0 ? "Infinity" : "-Infinity") : number.ToString("R", CultureInfo.InvariantCulture),
        DateOnly date => date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        Timestamp time => time.Micros.ToString(CultureInfo.InvariantCulture),
        byte[] bytes => Convert.ToBase64String(bytes),
        _ => FormattableString.Invariant($"{value}"),
    };
}
