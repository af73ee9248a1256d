namespace PixelPipeline.Cli;

/// <summary>Finds the built function, which no reference leads to: it is run as a process, as the cloud runs it.</summary>
internal static class FunctionAssembly
{
    private const string FileName = "PixelPipeline.Functions.dll";

    /// <summary>Where this program lies; the tests run it from elsewhere.</summary>
    internal static string ProgramFolder { get; set; } = AppContext.BaseDirectory;

    /// <summary>The path of the function beside this program: as <c>./pixel</c> lays both out, or as a plain build does.</summary>
    /// <exception cref="CommandException">It is not built.</exception>
    public static string Find() => TryFind() ?? throw new CommandException("The function is not built: run ./pixel, or dotnet build first.");

    /// <summary>Likewise; null where it is not built.</summary>
    public static string? TryFind()
    {
        var here = ProgramFolder;
        string[] candidates =
        [
            Path.Combine(here, "..", "functions", FileName),
            Path.Combine(here.Replace("PixelPipeline.Cli", "PixelPipeline.Functions", StringComparison.Ordinal), FileName),
        ];
        return candidates.Select(Path.GetFullPath).FirstOrDefault(File.Exists);
    }
}
