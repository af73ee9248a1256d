using PixelPipeline.Cli.Targets;
using PixelPipeline.GoogleCloud.BigQuery.Loading;
using PixelPipeline.Importing;

namespace PixelPipeline.Cli.Importing;

/// <summary>Takes events by load jobs, where the layout has a table of all events.</summary>
internal static class LoadSinks
{
    /// <summary>A sink of load jobs; null in a layout without such a table.</summary>
    /// <param name="pipeline">Whose tables.</param>
    /// <param name="others">Commits what is rejected.</param>
    /// <param name="userTables">Whether the tables for each user and day get the events as well, as far as the layout has them.</param>
    public static LoadJobSink? Create(CommandPipeline pipeline, EntryByEntry others, bool userTables)
    {
        if (pipeline.Layout.AllEvents is not { } all)
        {
            return null;
        }

        var own = userTables && pipeline.Layout.Suffix is not null
            ? new EntryByEntry(CommittingStep.OfOwnTables(pipeline.Writer, TimeProvider.System).CommitAsync)
            : null;
        return new LoadJobSink(pipeline.NewLoader(all), others, own);
    }
}
