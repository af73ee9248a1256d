using System.Text.Json;

namespace PixelPipeline.Deploy.Tests;

/// <summary>The files of <c>deploy/</c> that the cloud's build puts beside the function.</summary>
public class FunctionContentTests
{
    private const string Project = "src/PixelPipeline.Functions/PixelPipeline.Functions.csproj";

    [TestCase(new[] { "deploy/schema.json" }, new[] { "schema.json" })]
    [TestCase(new[] { "deploy/schema.json", "deploy/transformations.json" }, new[] { "schema.json", "transformations.json" })]
    public void Build_FilesOfDeploy_LieBesideTheFunction(string[] files, string[] expected)
    {
        var folder = Directory.CreateTempSubdirectory("pixel-content-").FullName;
        foreach (var part in new[] { Project, "Directory.Build.props", "Directory.Build.targets", "Directory.Packages.props" })
        {
            Directory.CreateDirectory(Path.GetDirectoryName(Path.Combine(folder, part))!);
            File.Copy(Path.Combine(Repository.Root, part), Path.Combine(folder, part));
        }

        Directory.CreateDirectory(Path.Combine(folder, "deploy"));
        Array.ForEach(files, f => File.WriteAllText(Path.Combine(folder, f), "[]"));

        using var items = JsonDocument.Parse(Tools.Run("dotnet", ["msbuild", Path.Combine(folder, Project), "-getItem:Content"]));

        Directory.Delete(folder, recursive: true);
        var links = items.RootElement.GetProperty("Items").GetProperty("Content").EnumerateArray()
            .Where(i => i.TryGetProperty("Link", out _) && i.GetProperty("CopyToOutputDirectory").GetString() == "PreserveNewest")
            .Select(i => i.GetProperty("Link").GetString());
        Assert.That(links, Is.EquivalentTo(expected));
    }
}
