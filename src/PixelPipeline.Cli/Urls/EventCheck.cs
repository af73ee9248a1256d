using System.Text.Json;
using PixelPipeline.Collecting;
using PixelPipeline.Events;

namespace PixelPipeline.Cli.Urls;

/// <summary>Checks that an event with these fields would become a row.</summary>
internal static class EventCheck
{
    /// <summary>The same for fields that a mail tool fills in: what it will say is taken to fit the column.</summary>
    /// <exception cref="CommandException">It would not; the message names the field.</exception>
    public static void Check(EventSchema schema, IReadOnlyDictionary<string, string> fields, MailTool tool)
    {
        foreach (var (name, value) in fields.Where(f => tool.Field.Matches(f.Value).Any(m => m.Value.Contains('"', StringComparison.Ordinal))))
        {
            throw new CommandException($"{OptionOf(name)}: {value} holds a double quote, which ends the tag's attribute. Merge fields take single quotes.");
        }

        Check(schema, fields.ToDictionary(f => f.Key, f => tool.Field.Replace(f.Value, Filled(schema, f.Key))));
    }

    /// <exception cref="CommandException">It would not; the message names the field.</exception>
    public static void Check(EventSchema schema, IReadOnlyDictionary<string, string> fields)
    {
        if (!EventBody.TryRead(JsonSerializer.SerializeToUtf8Bytes(fields), out var events, out var unreadable))
        {
            throw new CommandException(unreadable.Message);
        }

        var contract = new EventContract(schema, TransformationFile.None, refuseUnknown: true);
        if (contract.Apply(events) is [var error, ..])
        {
            throw new CommandException($"{OptionOf(error.Field)}: {error.Field} {error.Message}");
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
