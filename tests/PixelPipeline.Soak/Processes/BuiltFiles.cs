namespace PixelPipeline.Soak.Processes;

/// <summary>What is tested: the built function and the built pixel command.</summary>
internal sealed record BuiltFiles(string Function, string Pixel, string SchemaFile)
{
    /// <summary>The checkout's folder.</summary>
    public static string Checkout { get; } = FindCheckout();

    /// <summary>As <c>dotnet build</c> leaves them in the checkout, in the configuration of this harness.</summary>
    public static BuiltFiles OfCheckout()
    {
        var configuration = new DirectoryInfo(AppContext.BaseDirectory).Parent!.Name;
        string Output(string project, string file) => Path.Combine(Checkout, "src", project, "bin", configuration, "net10.0", file);
        return new BuiltFiles(
            Output("PixelPipeline.Functions", "PixelPipeline.Functions.dll"),
            Output("PixelPipeline.Cli", "pixel.dll"),
            Path.Combine(Checkout, "deploy", "schema.json"));
    }

    /// <summary>As <c>./pixel</c> keeps a build: a folder with <c>cli</c> and <c>functions</c>.</summary>
    public static BuiltFiles Of(string folder) => new(
        Path.Combine(folder, "functions", "PixelPipeline.Functions.dll"),
        Path.Combine(folder, "cli", "pixel.dll"),
        Path.Combine(folder, "functions", "schema.json"));

    private static string FindCheckout()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "PixelPipeline.sln")))
        {
            folder = folder.Parent ?? throw new InvalidOperationException("The harness runs outside a checkout.");
        }

        return folder.FullName;
    }
}
