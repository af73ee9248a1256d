using System.CommandLine;
using System.Text;
using PixelPipeline.Cli.Options;
using PixelPipeline.Cli.Output;
using PixelPipeline.Forgetting;
using PixelPipeline.Local;
using PixelPipeline.Local.PubSub;
using PixelPipeline.Privacy.Lists;

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
        command.SetAction(RunAsync);
        return command;
    }

    private static async Task<int> RunAsync(ParseResult arguments, CancellationToken cancellationToken)
    {
        var path = arguments.GetValue(Data)!;
        if (!Directory.Exists(path))
        {
            throw new CommandException($"There is no data folder {path}: name the one of `pixel up` with --data.");
        }

        var data = new DataFolder(path);
        var store = new DeadLetterStore(data);
        if (arguments.GetValue(Redeliver))
        {
            var removed = await RemoveForgottenAsync(data, store, cancellationToken);
            Console.WriteLine($"{store.RequestRedeliveryOfAll():N0} messages are to be delivered again.{(removed > 0 ? $" {removed:N0} of users who were forgotten are removed." : "")}");
            return 0;
        }

        var rows = store.List().Select(letter => (object?[])
        [
            letter.MessageId, letter.Time.UtcDateTime, letter.Attempts, letter.LastStatus, Encoding.UTF8.GetString(letter.Entry.Span),
        ]);
        RecordPrinter.Print(arguments.GetValue(Format), ["message_id", "given_up", "attempts", "last_status", "entry"], [.. rows], "No message was given up.");
        return 0;
    }

    // A message that comes again would bring back whom it is about.
    private static async Task<int> RemoveForgottenAsync(DataFolder data, DeadLetterStore store, CancellationToken cancellationToken)
    {
        try
        {
            var forgotten = await new ForgetListFile(data.ForgottenFile).ReadAsync(cancellationToken);
            var letters = forgotten.IsEmpty ? [] : store.List().Where(letter => UserNames.InEntry(letter.Entry.Span).Any(forgotten.Contains)).ToList();
            letters.ForEach(letter => store.Remove(letter.MessageId));
            return letters.Count;
        }
        catch (ForgetListException e)
        {
            throw new CommandException(e.Message, e);
        }
    }
}
