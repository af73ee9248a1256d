using System.Text.Json;
using PixelPipeline.Collecting;
using PixelPipeline.Events;

namespace PixelPipeline.Cli.Producing;

/// <summary>Checks, before anything is sent, that a pixel's hits become rows. Safe for concurrent use.</summary>
/// <param name="schema">The events' schema.</param>
internal sealed class HitCheck(EventSchema schema)
{
    private readonly EventContract _contract = new(schema, TransformationFile.None, refuseUnknown: false);

    /// <summary>Whether a field is kept: an attribute of the schema.</summary>
    public bool IsKept(string field) => schema.IsAttribute(field);

    /// <summary>The attributes that every event must have and that these fields lack.</summary>
    public IEnumerable<string> MissingOf(IEnumerable<string> fields) =>
        schema.Columns.Where(c => c.IsRequired && schema.IsAttribute(c.Name)).Select(c => c.Name).Except(fields);

    /// <summary>Why an event with these fields would not become a row, <c>user_id is required.</c>; null where it would.</summary>
    public string? ErrorIn(IReadOnlyDictionary<string, string> fields)
    {
        if (!EventBody.TryRead(JsonSerializer.SerializeToUtf8Bytes(fields), out var events, out var unreadable))
        {
            return unreadable.Message;
        }

        return _contract.Apply(events) is [var error, ..] ? $"{error.Field} {error.Message}" : null;
    }
}
