using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using CsvHelper;
using CsvHelper.Configuration;
using PixelPipeline.Cli.Targets;

namespace PixelPipeline.Cli.Producing;

/// <summary>One event for each row of a CSV file with a header, named by its columns.</summary>
internal static class CsvEvents
{
    /// <summary>The rows as events, read as they are asked for: a file may be larger than memory.</summary>
    /// <param name="file">RFC 4180.</param>
    /// <param name="map">How columns become fields.</param>
    /// <param name="idColumn">
    /// The column that names a row; unless given, <c>id</c>, or, without one, the row's number and content, so that
    /// sending the same file again changes nothing either way.
    /// </param>
    /// <param name="check">What the header is held against; null where that is not known.</param>
    /// <exception cref="CommandException">
    /// The file is no CSV file, or has no header; a column that an option names or the schema requires is missing; or a
    /// row has more values than the header.
    /// </exception>
    public static IEnumerable<ProducedEvent> Read(CsvFile file, FieldMap map, string? idColumn, FieldCheck? check)
    {
        using var csv = new CsvParser(file.Reader, new CsvConfiguration(CultureInfo.InvariantCulture) { BadDataFound = null });
        if (!Next(csv, file) || csv.Record is not { } read)
        {
            throw new CommandException($"{file.Name} is empty.");
        }

        var header = new CsvHeader(file.Name, [.. read]);
        var id = header.IdIn(idColumn);
        header.Check(map, check);
        while (Next(csv, file))
        {
            var row = csv.Record!;
            if (row.Length > header.Columns.Length)
            {
                throw new CommandException(FormattableString.Invariant($"{file.Name} line {csv.RawRow}: there are more values than columns."));
            }

            var fields = map.Apply(header.Columns.Zip(row, KeyValuePair.Create).Where(f => f.Key.Length > 0));
            yield return new ProducedEvent(id >= 0 && id < row.Length && row[id].Length > 0 ? row[id] : HashOf(csv), fields, Place: FormattableString.Invariant($"line {csv.RawRow}"));
        }
    }

    private static bool Next(CsvParser csv, CsvFile file)
    {
        try
        {
            return csv.Read();
        }
        catch (DecoderFallbackException e)
        {
            throw new CommandException(FormattableString.Invariant($"{file.Name} is no UTF-8 text, at or after line {csv.RawRow}: save it as CSV, encoded as UTF-8."), e);
        }
    }

    private static string HashOf(CsvParser csv) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(FormattableString.Invariant($"{csv.Row} {csv.RawRecord}"))))[..32];
}
