using System.Buffers;
using System.Globalization;

namespace PixelPipeline.Summaries;

/// <summary>A summary as CSV: <c>date,path[,key…],hits</c> with that header, CRLF line ends.</summary>
/// <seealso href="https://www.rfc-editor.org/rfc/rfc4180"/>
public static class SummaryCsv
{
    private static readonly SearchValues<char> Special = SearchValues.Create("\",\r\n");

    /// <summary>The columns' names.</summary>
    public static IReadOnlyList<string> ColumnsOf(Summary summary) => ["date", "path", .. summary.Keys, "hits"];

    /// <summary>Writes a summary. The same summary gives the same text.</summary>
    public static void Write(Summary summary, TextWriter writer)
    {
        WriteRecord(ColumnsOf(summary), writer);
        foreach (var row in summary.Rows)
        {
            WriteRecord([
                row.Date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture), row.Path, .. row.Keys,
                row.Hits.ToString(CultureInfo.InvariantCulture)], writer);
        }
    }

    private static void WriteRecord(IEnumerable<string> fields, TextWriter writer)
    {
        var separator = "";
        foreach (var field in fields)
        {
            writer.Write(separator);
            writer.Write(field.AsSpan().ContainsAny(Special) ? $"\"{field.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : field);
            separator = ",";
        }

        writer.Write("\r\n");
    }
}
