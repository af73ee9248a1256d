using System.CommandLine;
using PixelPipeline.Cli.Options;
using PixelPipeline.Cli.Output;
using PixelPipeline.Cli.Persons;
using PixelPipeline.Cli.Targets;
using PixelPipeline.Privacy;
using PixelPipeline.Privacy.Places;

namespace PixelPipeline.Cli.Commands;

/// <summary><c>pixel access</c>: everything that is held on a user, as files to hand over.</summary>
internal static class AccessCommand
{
    private static readonly PipelineOptions Pipeline = new();
    private static readonly PersonOptions Person = new();

    private static readonly Option<string> Out = PathOptions.Folder(new Option<string>("--out")
    {
        Description = "The folder to write; it must not be there yet",
        HelpName = "DIR",
        Required = true,
    });

    public static Command Create()
    {
        var command = new Command("access", "Write everything that is held on a user to files: JSON lines and CSV, with a readme") { Out };
        Person.AddTo(command);
        Pipeline.AddTo(command);
        command.Validators.Add(result =>
        {
            if (ValueOptions.TextIn(result, Out) is { } path && Directory.Exists(path))
            {
                result.AddError($"{Out.Name} {path} is there already: name a new folder.");
            }
        });
        command.SetAction(RunAsync);
        return command;
    }

    private static async Task<int> RunAsync(ParseResult arguments, CancellationToken cancellationToken)
    {
        using var pipeline = await Pipeline.BuildAsync(arguments, cancellationToken);
        var person = Person.Of(arguments, pipeline);
        var data = Pipeline.ProjectOf(arguments) is null ? Pipeline.DataOf(arguments) : null;
        var folder = new AccessFolder(Path.GetFullPath(arguments.GetValue(Out)!));
        try
        {
            var places = await Person.PlacesAsync(arguments, pipeline, data, person, cancellationToken);
            var step = "";
            await WorkProgress.ShowAsync(ReadAsync(), () => $"reading {Volatile.Read(ref step)}");
            await folder.WriteAsync($"{pipeline.Client.ProjectId}.{pipeline.DatasetId}.{pipeline.Layout.BaseTable}", places.Select(p => p.Name), DateTime.UtcNow);

            async Task ReadAsync()
            {
                foreach (var place in places)
                {
                    Volatile.Write(ref step, place.Name);
                    await foreach (var record in place.ReadAsync(person, cancellationToken))
                    {
                        folder.Add(record);
                    }
                }
            }
        }
        catch (PlaceException e)
        {
            throw new CommandException(e.Message, e);
        }

        await Console.Error.WriteLineAsync($"{folder.CountOf(HeldRecord.Events):N0} events, {folder.CountOf(HeldRecord.Rejected):N0} rejected and {folder.CountOf(HeldRecord.Raw):N0} raw entries are in {arguments.GetValue(Out)}. Hand them over in a safe way: they are personal.");
        return 0;
    }
}
