using PixelPipeline.Cli.Targets;
using PixelPipeline.Events;

namespace PixelPipeline.Cli.Urls;

/// <summary>The fields of an address, in the words of the options that they came from.</summary>
internal static class UrlFields
{
    /// <summary>Checks that an event with these fields would become a row, where a mail tool fills some in: what it will say is taken to fit the column.</summary>
    /// <exception cref="CommandException">It would not; the message names the field.</exception>
    public static void Check(EventSchema schema, IReadOnlyDictionary<string, string> fields, MailTool tool)
    {
        foreach (var (name, value) in fields.Where(f => tool.Field.Matches(f.Value).Any(m => m.Value.Contains('"', StringComparison.Ordinal))))
        {
            throw new CommandException($"{OptionOf(name)}: {value} holds a double quote, which ends the tag's attribute. Merge fields take single quotes.");
        }

        Check(schema, fields.ToDictionary(f => f.Key, f => tool.Field.Replace(f.Value, Filled(schema, f.Key))));
    }

    /// <summary>Checks that an event with these fields would become a row.</summary>
    /// <exception cref="CommandException">It would not; the message names the field.</exception>
    public static void Check(EventSchema schema, IReadOnlyDictionary<string, string> fields)
    {
        if (new FieldCheck(schema, refuseUnknown: true).ErrorIn(fields) is { } error)
        {
            throw new CommandException(error.Field is null ? error.Message : $"{OptionOf(error.Field)}: {error.Field} {error.Message}");
        }
    }

    private static string OptionOf(string? field) => field switch
    {
        "user_id" => "--user",
        "type" => "--type",
        _ => "--set",
    };

    private static string Filled(EventSchema schema, string column) => schema.Columns.FirstOrDefault(c => c.Name == column)?.Type switch
    {
        ColumnType.Boolean => "true",
        ColumnType.Date => "2026-11-20",
        ColumnType.Timestamp => "2026-11-20T11:12:28Z",
        _ => "1",
    };
}
