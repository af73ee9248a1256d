using PixelPipeline.Cli.Output;
using PixelPipeline.Cli.Targets;

namespace PixelPipeline.Cli.Producing;

/// <summary>The header of a CSV file, from which most mistakes can be told before anything is sent.</summary>
internal sealed class CsvHeader
{
    private const string DefaultIdColumn = "id";
    private const int MaxShown = 80;

    private static readonly (char Separator, string Name)[] OtherSeparators = [(';', "semicolons"), ('\t', "tabs"), ('|', "bars")];

    private readonly string _file;

    /// <summary>Takes a header.</summary>
    /// <param name="file">What messages call the file.</param>
    /// <param name="columns">Its columns, in order.</param>
    /// <exception cref="CommandException">It is the header of no CSV file.</exception>
    public CsvHeader(string file, string[] columns)
    {
        _file = file;
        Columns = columns;
        if (Array.Exists(columns, c => c.Any(char.IsControl) && !c.Contains('\t', StringComparison.Ordinal)))
        {
            throw new CommandException($"{file} is no CSV file: its first line holds control characters.");
        }

        if (columns is [var only] && Array.Find(OtherSeparators, s => only.Contains(s.Separator, StringComparison.Ordinal)) is { Name: { } name })
        {
            throw new CommandException($"{file} separates its columns by {name}, \"{TerminalText.OneLine(only, MaxShown)}\": save it with commas.");
        }
    }

    public string[] Columns { get; }

    /// <summary>The index of the column that names a row; -1 for none.</summary>
    /// <param name="named">What an option says; null for <c>id</c>, if there is one.</param>
    /// <exception cref="CommandException">There is no such column.</exception>
    public int IdIn(string? named)
    {
        var id = Array.IndexOf(Columns, named ?? DefaultIdColumn);
        return id >= 0 || named is null ? id : throw new CommandException($"--id {named}: {_file} has no such column.");
    }

    /// <summary>Holds the header against the options and the schema; what the schema leaves out is told.</summary>
    /// <param name="map">How columns become fields.</param>
    /// <param name="check">The schema; null where it is not known.</param>
    /// <exception cref="CommandException">A column is missing, or an option names a field that is not kept.</exception>
    public void Check(FieldMap map, FieldCheck? check)
    {
        if (map.Renames.Keys.FirstOrDefault(column => !Columns.Contains(column)) is { } unknown)
        {
            throw new CommandException($"--map {unknown}={map.Renames[unknown]}: {_file} has no column {unknown}.");
        }

        if (check is not null)
        {
            CheckFields(map, check);
        }
    }

    private void CheckFields(FieldMap map, FieldCheck check)
    {
        if (map.Renames.FirstOrDefault(r => !check.IsKept(r.Value)) is { Key: { } column, Value: var name })
        {
            throw new CommandException($"--map {column}={name}: the schema has no attribute {name}.");
        }

        if (map.Constants.FirstOrDefault(c => !check.IsKept(c.Key)) is { Key: { } constant, Value: var value })
        {
            throw new CommandException($"--set {constant}={value}: the schema has no attribute {constant}.");
        }

        List<string> fields = [.. Columns.Select(c => map.Renames.GetValueOrDefault(c, c)), .. map.Constants.Keys];
        if (check.MissingOf(fields).FirstOrDefault() is { } missing)
        {
            throw new CommandException(
                $"{_file} has no column {missing}, which every event must have: name the one that it is with --map COLUMN={missing}, or one value for all with --set {missing}=VALUE.");
        }

        if (fields.Where(f => f.Length > 0 && f != DefaultIdColumn && !check.IsKept(f)).Distinct().ToList() is { Count: > 0 } dropped)
        {
            Console.Error.WriteLine(TerminalText.OneLine($"The schema has no attributes of these names, so they are not kept: {string.Join(", ", dropped)}.", 1_000));
        }
    }
}
