using PixelPipeline.Cli.Logs;
using PixelPipeline.Cli.Replaying;
using PixelPipeline.Cli.Targets;
using PixelPipeline.GoogleCloud.Storage;
using PixelPipeline.Local;
using PixelPipeline.Privacy;
using PixelPipeline.Privacy.Places;

namespace PixelPipeline.Cli.Persons;

/// <summary>Where a pipeline holds data about people: raw entries first, so that nothing is delivered from them while tables are done.</summary>
/// <param name="pipeline">Whose tables.</param>
/// <param name="data">The data folder of a pipeline of this machine; null for one in Google Cloud.</param>
internal sealed class PersonalPlaces(CommandPipeline pipeline, DataFolder? data)
{
    /// <summary>Finds them.</summary>
    /// <param name="person">Who is looked for.</param>
    /// <param name="lakes">Folders and <c>gs://BUCKET/PREFIX</c> with raw entries, beside those of the data folder.</param>
    /// <param name="files">Access logs: files, folders and patterns.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="CommandException">One of them is not there.</exception>
    public async Task<IReadOnlyList<Place>> FindAsync(Person person, IEnumerable<string> lakes, IReadOnlyList<string> files, CancellationToken cancellationToken)
    {
        var places = new List<Place>();
        if (data is not null)
        {
            places.Add(new SegmentFiles("access log", data.AccessLog));
            places.Add(new SegmentFiles("lake", data.Lake));
            places.Add(new RecordFiles("dead letters", data.DeadLetters));
        }

        places.AddRange(lakes.Select(LakeOf));
        places.AddRange(files.Count == 0 ? [] : LogInputs.Find(files, recursive: true).Select(f => f.Name == "-"
            ? throw new CommandException("--files - cannot be written again: name files.")
            : new LogFilePlace(f.Name)));
        if (await pipeline.HasDatasetAsync(cancellationToken))
        {
            places.AddRange(await new EventPlaces(pipeline.Client, pipeline.Inventory, pipeline.DatasetId, pipeline.Layout, TimeProvider.System).FindAsync(person, cancellationToken));
        }

        return places;
    }

    private static Place LakeOf(string lake)
    {
        if (LakeFiles.BucketOf(lake) is not var (bucket, prefix))
        {
            return new SegmentFiles($"folder {lake}", lake);
        }

        try
        {
            return new LakeObjects(GoogleCredentials.Require("--lake gs://…", CloudStorage.Create), bucket, prefix);
        }
        catch (FormatException e)
        {
            throw new CommandException(e.Message, e);
        }
    }
}
