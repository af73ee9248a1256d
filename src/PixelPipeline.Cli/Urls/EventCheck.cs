using System.Text.Json;
using PixelPipeline.Collecting;
using PixelPipeline.Events;

namespace PixelPipeline.Cli.Urls;

/// <summary>Checks that an event with these fields would become a row.</summary>
internal static class EventCheck
{
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
}
