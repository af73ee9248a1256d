using System.CommandLine;
using PixelPipeline.Cli.Options;
using PixelPipeline.Cli.Output;
using PixelPipeline.Cli.Persons;
using PixelPipeline.Cli.Targets;
using PixelPipeline.Forgetting;
using PixelPipeline.Privacy;
using PixelPipeline.Privacy.Forgetting;
using PixelPipeline.Privacy.Lists;
using PixelPipeline.Privacy.Places;

namespace PixelPipeline.Cli.Commands;

/// <summary><c>pixel forget</c>: erases a user everywhere, with a proof.</summary>
internal static class ForgetCommand
{
    private static readonly PipelineOptions Pipeline = new();
    private static readonly PersonOptions Person = new();
    private static readonly Option<OutputFormat> Format = CommonOptions.Format();
    private static readonly Option<bool> DryRun = new("--dry-run") { Description = "Only count what there is; changes nothing" };
    private static readonly Option<bool> Wait = new("--wait") { Description = "Come back for rows in BigQuery's streaming buffer, up to 90 minutes, until nothing is left" };

    public static Command Create()
    {
        var command = new Command("forget", "Erase a user from tables, rejected entries, dead letters and raw files, with a proof; may be broken off and run again") { DryRun, Wait, Format };
        Person.AddTo(command);
        Pipeline.AddTo(command);
        command.SetAction(RunAsync);
        return command;
    }

    private static async Task<int> RunAsync(ParseResult arguments, CancellationToken cancellationToken)
    {
        using var pipeline = await Pipeline.BuildAsync(arguments, cancellationToken);
        var person = Person.Of(arguments, pipeline);
        var data = Pipeline.DataOf(arguments);
        try
        {
            var places = await Person.PlacesAsync(arguments, pipeline, Pipeline.ProjectOf(arguments) is null ? data : null, person, cancellationToken);
            if (arguments.GetValue(DryRun))
            {
                Print(arguments.GetValue(Format), await WatchAsync(progress => Erasure.SearchAsync(person, places, progress, cancellationToken)));
                return 0;
            }

            var line = await Pipeline.ForgetListOf(arguments, pipeline).AddAsync(person, DateTime.UtcNow, cancellationToken);
            return await EraseAsync(arguments, pipeline, person, places, ReferenceOf(line), cancellationToken) ? 0 : 1;
        }
        catch (Exception e) when (e is PlaceException or ForgetListException or InvalidDataException)
        {
            throw new CommandException($"{e.Message.TrimEnd('.')}. What is erased by now stays erased: mend it and run the same again.", e);
        }
    }

    private static async Task<bool> EraseAsync(ParseResult arguments, CommandPipeline pipeline, Person person, IReadOnlyList<Place> places, string reference, CancellationToken cancellationToken)
    {
        var data = Pipeline.DataOf(arguments);
        using var only = LockFolder(data.Forgetting);
        var state = ForgetState.Load(data.Forgetting, reference, DateTime.UtcNow);
        var isLocal = Pipeline.ProjectOf(arguments) is null;
        Func<CancellationToken, Task>? rewrite = isLocal ? ct => LocalRewrite.RunAsync(Pipeline.HostOf(arguments), ct) : null;
        var results = await WatchAsync(progress => new Erasure(person, places, state, rewrite, progress).RunAsync(arguments.GetValue(Wait), TimeProvider.System, cancellationToken));
        var proof = new Proof
        {
            Reference = reference,
            Pipeline = $"{pipeline.Client.ProjectId}.{pipeline.DatasetId}.{pipeline.Layout.BaseTable}",
            Begun = state.Begun,
            Written = DateTime.UtcNow,
            Places = results,
            Remains = isLocal ? [.. Remains.OfMachine(isRewritten: true), .. Overlooked(person, data.Root), Remains.OnTheirWay] : [.. await OfGoogleAsync(pipeline, places, cancellationToken), Remains.OnTheirWay],
        };
        await TellAsync(arguments.GetValue(Format), proof, Path.Combine(data.Forgetting, $"{reference}.txt"), cancellationToken);
        if (proof.IsComplete)
        {
            state.Remove();
        }

        return proof.IsComplete;
    }

    private static async Task TellAsync(OutputFormat format, Proof proof, string path, CancellationToken cancellationToken)
    {
        await File.WriteAllTextAsync(path, proof.ToString(), cancellationToken);
        if (format == OutputFormat.Table)
        {
            Console.Write(proof);
        }
        else
        {
            Print(format, proof.Places);
        }

        await Console.Error.WriteLineAsync(proof.IsComplete
            ? $"Done. The text is kept as {path}."
            : "Not all could be erased yet: run the same again later, or with --wait.");
    }

    private static void Print(OutputFormat format, IReadOnlyList<PlaceResult> results) => RecordPrinter.Print(
        format,
        ["place", "records", "bytes", "in", "left"],
        results.Select(r => (object?[])[r.Place.Name, r.Found.Records, r.Found.Bytes, r.FoundIn, r.Left?.Records ?? 0]),
        "");

    private static IEnumerable<string> Overlooked(Person person, string folder) => new DataFolderSweep(person).Find(folder)
        .Select(file => $"The file {file.Replace(person.Id, "…", StringComparison.Ordinal)} of the data folder still has the identifier in it, in a place that is not the pipeline's to change: look at it.");

    private static async Task<IEnumerable<string>> OfGoogleAsync(CommandPipeline pipeline, IReadOnlyList<Place> places, CancellationToken cancellationToken)
    {
        const int UsualHours = 7 * 24;
        var hours = await pipeline.HasDatasetAsync(cancellationToken)
            ? (await pipeline.Client.GetDatasetAsync(pipeline.DatasetId, cancellationToken: cancellationToken)).Resource.MaxTimeTravelHours ?? UsualHours
            : 0;
        return Remains.OfGoogle(DateTime.UtcNow, TimeSpan.FromHours(hours), places.OfType<LakeObjects>().Any());
    }

    private static string ReferenceOf(ForgottenUser line) => Convert.ToHexStringLower(line.Hash.Span)[..16];

    private static FileStream LockFolder(string folder)
    {
        Directory.CreateDirectory(folder);
        try
        {
            return new FileStream(Path.Combine(folder, ".lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException e)
        {
            throw new CommandException("Another `pixel forget` is under way on this data folder: wait for its end.", e);
        }
    }

    private static async Task<T> WatchAsync<T>(Func<Action<string>, Task<T>> work)
    {
        var step = "";
        var running = work(text => Volatile.Write(ref step, text));
        await WorkProgress.ShowAsync(running, () => Volatile.Read(ref step));
        return await running;
    }
}
