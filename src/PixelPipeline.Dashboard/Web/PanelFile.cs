using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using CsvHelper;
using CsvHelper.Configuration;
using PixelPipeline.Dashboard.Panels;
using PixelPipeline.Dashboard.Questions;
using PixelPipeline.Dashboard.Snapshots;

namespace PixelPipeline.Dashboard.Web;

/// <summary>A panel's data for programs: whole, where the page cuts long texts.</summary>
internal static class PanelFile
{
    private static readonly JsonSerializerOptions Json = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }; // never within HTML

    /// <summary>
    /// RFC 4180 with a header. A text that a spreadsheet would take for a formula begins with an apostrophe
    /// (https://owasp.org/www-community/attacks/CSV_Injection); JSON has it as it is.
    /// </summary>
    public static string ToCsv(PanelContent content)
    {
        using var text = new StringWriter(CultureInfo.InvariantCulture);
        using (var csv = new CsvWriter(text, new CsvConfiguration(CultureInfo.InvariantCulture) { NewLine = "\r\n" }, leaveOpen: true))
        {
            Write(csv, content.Table.Columns);
            foreach (var row in content.Table.Rows)
            {
                Write(csv, row);
            }
        }

        return text.ToString();
    }

    /// <summary><c>{"panel":"users","read_at":"…Z","sql":"…","rows":[{"user_id":"alice","events":3,…},…]}</c></summary>
    public static byte[] ToJson(PanelState state, PanelContent content) => ToJson(state.Panel.Name, state.ReadAt, state.Question, content);

    /// <summary>Likewise, of anything that was read.</summary>
    public static byte[] ToJson(string name, DateTime? readAt, Question? question, PanelContent content)
    {
        var table = content.Table;
        var rows = table.Rows.Select(row => table.Columns.Zip(row, (column, value) => (column, value)).ToDictionary(c => c.column, c => JsonValue(c.value)));
        return JsonSerializer.SerializeToUtf8Bytes(new Dictionary<string, object?>
        {
            ["panel"] = name,
            ["read_at"] = JsonValue(readAt),
            ["sql"] = question?.Statement,
            ["rows"] = rows,
        }, Json);
    }

    private static void Write(CsvWriter csv, IEnumerable<object?> values)
    {
        foreach (var value in values)
        {
            csv.WriteField(value is string text ? WithoutFormula(text) : Text(value));
        }

        csv.NextRecord();
    }

    private static string WithoutFormula(string text) =>
        text.Length > 0 && text[0] is '=' or '+' or '-' or '@' or '\t' or '\r' or '\n' ? "'" + text : text;

    private static string Text(object? value) => value switch
    {
        DateTime time => Shown.Exact(time),
        byte[] bytes => Convert.ToBase64String(bytes),
        DateOnly or bool => Shown.Value(value)!,
        IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
        _ => value?.ToString() ?? "",
    };

    private static object? JsonValue(object? value) => value switch
    {
        null or string or long or bool => value,
        double number when double.IsFinite(number) => number,
        _ => Text(value),
    };
}
