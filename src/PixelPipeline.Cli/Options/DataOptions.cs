using PixelPipeline.Local;

namespace PixelPipeline.Cli.Options;

/// <summary>What to choose in place of a folder that cannot be used.</summary>
internal static class DataOptions
{
    /// <summary>Names the option beside what failed.</summary>
    public static CommandException Explain(StartFailedException failed) => new(failed.Failure switch
    {
        StartFailure.DataFolderInUse or StartFailure.DataFolderUnusable => $"{failed.Message.TrimEnd('.')}: choose another with --data.",
        StartFailure.LogDropUnusable => $"{failed.Message.TrimEnd('.')}: choose another with --log-drop.",
        _ => failed.Message,
    }, failed);

    /// <summary>Likewise, for a folder that holds what another program wrote.</summary>
    public static CommandException Explain(DataFolder data, InvalidDataException failed) =>
        new($"The data folder {data.Root} cannot be used: {failed.Message} Choose another with --data.", failed);
}
