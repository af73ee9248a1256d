using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using CsvHelper;
using CsvHelper.Configuration;

namespace PixelPipeline.Cli.Producing;

/// <summary>One event for each row of a CSV file with a header, named by its columns.</summary>
internal static class CsvEvents
{
    private const string DefaultIdColumn = "id";

    /// <summary>Reads the file.</summary>
    /// <param name="path">RFC 4180, UTF-8.</param>
    /// <param name="map">How columns become fields.</param>
    /// <param name="idColumn">
    /// The column that names a row; unless given, <c>id</c>, or, without one, the row's number and content, so that
    /// sending the same file again changes nothing either way.
    /// </param>
    /// <exception cref="CommandException">The file cannot be read, or has no header; a column that an option names is missing; or a row has more values than the header.</exception>
    public static IEnumerable<ProducedEvent> Read(string path, FieldMap map, string? idColumn)
    {
        using var reader = Open(path);
        using var csv = new CsvParser(reader, new CsvConfiguration(CultureInfo.InvariantCulture) { BadDataFound = null });
        if (!csv.Read() || csv.Record is not { } header)
        {
            throw new CommandException($"{path} is empty.");
        }

        header = [.. header];
        var id = Array.IndexOf(header, idColumn ?? DefaultIdColumn);
        if (id < 0 && idColumn is not null)
        {
            throw new CommandException($"--id {idColumn}: {path} has no such column.");
        }

        if (map.Renames.Keys.FirstOrDefault(column => !header.Contains(column)) is { } unknown)
        {
            throw new CommandException($"--map {unknown}={map.Renames[unknown]}: {path} has no column {unknown}.");
        }

        while (csv.Read())
        {
            var row = csv.Record!;
            if (row.Length > header.Length)
            {
                throw new CommandException(FormattableString.Invariant($"{path} line {csv.RawRow}: there are more values than columns."));
            }

            var fields = map.Apply(header.Zip(row, KeyValuePair.Create).Where(f => f.Key.Length > 0));
            yield return new ProducedEvent(id >= 0 && id < row.Length && row[id].Length > 0 ? row[id] : HashOf(csv), fields, Place: FormattableString.Invariant($"line {csv.RawRow}"));
        }
    }

    private static StreamReader Open(string path)
    {
        try
        {
            return new StreamReader(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new CommandException($"{path} cannot be read: {e.Message}", e);
        }
    }

    private static string HashOf(CsvParser csv) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(FormattableString.Invariant($"{csv.Row} {csv.RawRecord}"))))[..32];
}
