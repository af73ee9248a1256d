using PixelPipeline.Settings;
using PixelPipeline.Tables;

namespace PixelPipeline.Tests.Settings;

[Parallelizable(ParallelScope.All)]
public sealed class PipelineSettingsTests
{
    private static IEnumerable<Setting> All => PipelineSetting.All;

    [TestCaseSource(nameof(All))]
    public void Setting_ItsDefault_IsAValueOfIt(Setting setting) =>
        Assert.That(setting.Takes(setting.Default ?? "project-1"), Is.True);

    [Test]
    public void Settings_UnlessGiven_HaveTheirDefaults()
    {
        var settings = Read();
        Assert.That(settings.Get(PipelineSetting.Layout), Is.EqualTo(LayoutName.Both));
        Assert.That(settings.Get(PipelineSetting.PixelPath), Is.EqualTo("/pixel.png"));
        Assert.That(settings.Get(PipelineSetting.NewTablesPerDay), Is.EqualTo(20_000));
    }

    [TestCase("Layout", "round", "Setting Pixel__Layout must be template, partitioned or both.")]
    [TestCase("Layout", "1", "Setting Pixel__Layout must be template, partitioned or both.")] // the number of a layout
    [TestCase("Layout", "", "Setting Pixel__Layout must be template, partitioned or both.")]
    [TestCase("MaxInstances", "1e2", "Setting Pixel__MaxInstances must be 1 to 1000.")]
    [TestCase("MaxInstances", "1001", "Setting Pixel__MaxInstances must be 1 to 1000.")]
    [TestCase("CreateTables", "1", "Setting Pixel__CreateTables must be true or false.")]
    [TestCase("PixelPath", "/a?b", "Setting Pixel__PixelPath must begin with / and hold no space, ? or #.")]
    [TestCase("PixelPath", "/a\n", "Setting Pixel__PixelPath must begin with / and hold no space, ? or #.")]
    [TestCase("Tabel", "pixel", "Setting Pixel__Tabel is not known.")]
    public void Read_WhatIsNoValue_IsALineThatNamesTheSetting(string name, string text, string line) =>
        Assert.That(() => Read((name, text)), Throws.TypeOf<SettingsException>().With.Property("Lines").EqualTo(new[] { line }));

    [TestCase("VisitorSecret", "short", "Setting Pixel__VisitorSecret must be 16 to 200 characters without blanks, or none.")]
    [TestCase("RemoteIp", "half", "Setting Pixel__RemoteIp must be whole or network.")]
    public void Read_WhatIsNoValueOfASource_IsALineThatNamesTheSetting(string name, string text, string line) =>
        Assert.That(() => Read((name, text)), Throws.TypeOf<SettingsException>().With.Message.EqualTo(line));

    [Test]
    public void ToSources_FileOfTheCountries_IsOpenedInItsFolder()
    {
        var settings = Read(("CountryFile", "c.mmdb"));
        string? opened = null;
        settings.ToSources("/app", file => { opened = file; return _ => null; });
        Assert.That(opened, Is.EqualTo(Path.Combine("/app", "c.mmdb")));
        Assert.That(() => settings.ToSources("/app", _ => throw new InvalidDataException("it is broken")), Throws.TypeOf<SettingsException>()
            .With.Message.EqualTo($"Setting Pixel__CountryFile: {opened} cannot be used: it is broken"));
    }

    [Test]
    public void Read_WithoutAProject_SaysSo() => Assert.That(
        () => PipelineSettings.Read([]),
        Throws.TypeOf<SettingsException>().With.Message.StartsWith("Setting Pixel__Project is missing: it must be"));

    [Test]
    public void Read_SeveralErrors_AreALineEach() => Assert.That(
        () => PipelineSettings.Read([new("Dataset", "a-b"), new("MaxInstances", "0"), new("Tabel", "x")]),
        Throws.TypeOf<SettingsException>().With.Property("Lines").Count.EqualTo(4));

    [Test]
    public void Read_NamesInAnyCase_AreTheSettings() =>
        Assert.That(Read(("LAYOUT", "Partitioned")).Get(PipelineSetting.Layout), Is.EqualTo(LayoutName.Partitioned));

    [Test]
    public void Variables_ReadAgain_AreTheSameSettings()
    {
        var settings = Read(("PixelPath", "/t.gif")).With(PipelineSetting.MaxInstances, "3");
        var again = PipelineSettings.Read(settings.Variables.Select(v => KeyValuePair.Create(v.Key[PipelineSettings.Prefix.Length..], (string?)v.Value)));
        Assert.That(again.Variables, Is.EquivalentTo(settings.Variables));
        Assert.That(again.Get(PipelineSetting.MaxInstances), Is.EqualTo(3));
        Assert.That(again.Variables.Select(v => v.Key), Is.EquivalentTo(PipelineSetting.All.Select(s => s.Variable)));
    }

    [Test]
    public void ToLayout_SuffixThatTheSchemaLacks_IsRefused() => Assert.That(
        () => Read(("TableSuffix", "_{nobody}")).ToLayout(Some.ShippedSchema()),
        Throws.TypeOf<PixelPipeline.Events.SchemaException>().With.Message.Contains("{nobody}"));

    private static PipelineSettings Read(params (string Name, string Text)[] given) =>
        PipelineSettings.Read([new("Project", "local"), .. given.Select(g => KeyValuePair.Create(g.Name, (string?)g.Text))]);
}
