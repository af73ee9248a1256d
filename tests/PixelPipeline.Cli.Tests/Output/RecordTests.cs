using Google.Cloud.BigQuery.V2;
using PixelPipeline.Cli.Output;
using Spectre.Console;

namespace PixelPipeline.Cli.Tests.Output;

/// <summary>Rows as people and as machines get them.</summary>
public sealed class RecordTests
{
    [Test]
    public void Table_Fits_StandsSideBySide() =>
        Assert.That(Show(80, ["id", "agent"], ["1", "curl"]), Is.EqualTo("id   agent\n──────────────\n1    curl"));

    [Test]
    public void Table_WiderThanTheTerminal_ShowsEveryValueWhole()
    {
        var agent = string.Concat(Enumerable.Repeat("Mozilla/5.0 ", 10)).TrimEnd();
        var shown = Show(60, ["id", "user_agent"], ["1", agent], ["2", ""]);
        Assert.That(shown, Does.StartWith("id").And.Not.Contain("…"));
        Assert.That(shown.Split('\n').Max(l => l.Length), Is.LessThanOrEqualTo(60));
        Assert.That(shown.Split("Mozilla/5.0"), Has.Length.EqualTo(11));
    }

    [Test]
    public void Json_ValuesOfAllTypes_KeepWhatTheySay()
    {
        object?[] values =
        [
            "é\"", 5L, 0.25, double.NaN, double.PositiveInfinity, true, null, new DateTime(2026, 11, 20, 11, 12, 28, 408, DateTimeKind.Utc), new DateOnly(2026, 11, 20),
            BigQueryNumeric.Parse("12345678901234567890123456789.123456789"), new[] { BigQueryNumeric.Parse("1.10") },
        ];
        Assert.That(Write(OutputFormat.Json, values), Is.EqualTo(
            """{"0":"é\"","1":5,"2":0.25,"3":"NaN","4":"Infinity","5":true,"6":null,"7":"2026-11-20T11:12:28.408000Z","8":"2026-11-20","9":12345678901234567890123456789.123456789,"10":[1.1]}""" + "\n"));
    }

    [Test]
    public void Csv_ValuesOfAllTypes_KeepWhatTheySay() => Assert.That(
        Write(OutputFormat.Csv, ["a,\"b\"", BigQueryNumeric.Parse("1.10"), double.NaN, new DateOnly(2026, 11, 20), null]),
        Is.EqualTo("0,1,2,3,4\r\n\"a,\"\"b\"\"\",1.1,NaN,2026-11-20,\r\n"));

    private static string Write(OutputFormat format, params object?[] values)
    {
        using var writer = new StringWriter();
        using (var records = new RecordWriter(writer, format, [.. Enumerable.Range(0, values.Length).Select(i => $"{i}")]))
        {
            records.Write(values);
        }

        return writer.ToString();
    }

    private static string Show(int width, string[] columns, params string[][] rows)
    {
        using var writer = new StringWriter();
        var console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(writer), Ansi = AnsiSupport.No, ColorSystem = ColorSystemSupport.NoColors });
        console.Profile.Width = width;
        console.Profile.Capabilities.Unicode = true;
        RecordTable.Write(console, columns, rows);
        return string.Join('\n', writer.ToString().ReplaceLineEndings("\n").Split('\n').Select(l => l.Trim()).Where(l => l.Length > 0));
    }
}
