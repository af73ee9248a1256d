using System.CommandLine;
using System.Text;
using PixelPipeline.Cli.Options;
using PixelPipeline.Cli.Output;
using PixelPipeline.Local;
using PixelPipeline.Local.PubSub;

namespace PixelPipeline.Cli.Commands;

/// <summary><c>pixel dead-letters</c>: messages that the function refused until they were given up.</summary>
internal static class DeadLettersCommand
{
    private static readonly Option<string> Data = CommonOptions.Data();
    private static readonly Option<OutputFormat> Format = CommonOptions.Format();

    private static readonly Option<bool> Redeliver = new("--redeliver")
    {
        Description = "Deliver all of them again: by the pipeline that runs on the data folder, else by the next one",
    };

    public static Command Create()
    {
        var command = new Command("dead-letters", "List messages that were given up, or deliver them again") { Data, Redeliver, Format };
        command.SetAction(Run);
        return command;
    }

    private static int Run(ParseResult arguments)
    {
        var path = arguments.GetValue(Data)!;
        if (!Directory.Exists(path))
        {
            throw new CommandException($"There is no data folder {path}: name the one of `pixel up` with --data.");
        }

        var store = new DeadLetterStore(new DataFolder(path));
        if (arguments.GetValue(Redeliver))
        {
            Console.WriteLine($"{store.RequestRedeliveryOfAll():N0} messages are to be delivered again.");
            return 0;
        }

        var rows = store.List().Select(letter => (object?[])
        [
            letter.MessageId, letter.Time.UtcDateTime, letter.Attempts, letter.LastStatus, Encoding.UTF8.GetString(letter.Entry.Span),
        ]);
        RecordPrinter.Print(arguments.GetValue(Format), ["message_id", "given_up", "attempts", "last_status", "entry"], [.. rows], "No message was given up.");
        return 0;
    }
}
