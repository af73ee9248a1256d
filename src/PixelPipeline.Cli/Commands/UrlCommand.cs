using System.CommandLine;
using System.Security.Cryptography;
using PixelPipeline.Cli.Pipelines;
using PixelPipeline.Cli.Producing;
using PixelPipeline.Cli.Urls;

namespace PixelPipeline.Cli.Commands;

/// <summary><c>pixel url</c>: what to put into mails and pages, checked against the schema.</summary>
internal static class UrlCommand
{
    private static readonly Option<string> Base = new("--base") { Description = "Where the pixel is served; the path is /pixel.png unless it has one", HelpName = "URL", DefaultValueFactory = _ => "http://localhost:8080" };
    private static readonly Option<string?> Collect = new("--collect") { Description = "The collector's URL, for pages; with ?key=… where it asks for a key. A page's key is no secret", HelpName = "URL" };
    private static readonly Option<string?> User = new("--user") { Description = "The user_id", HelpName = "ID" };
    private static readonly Option<string?> Type = new("--type") { Description = "The type, such as open", HelpName = "TYPE" };
    private static readonly Option<string[]> Set = new("--set") { Description = "Any other attribute, such as order_id=42; may be repeated", HelpName = "NAME=VALUE", DefaultValueFactory = _ => [] };
    private static readonly Option<string?> Schema = CommonOptions.Schema();

    public static Command Create()
    {
        var command = new Command("url", "Print the pixel's URL for an event, the tag for mails and the script for pages") { Base, User, Type, Set, Collect, Schema };
        command.SetAction(Run);
        return command;
    }

    private static int Run(ParseResult arguments)
    {
        var fields = ReadFields(arguments);
        EventCheck.Check(SchemaSource.Read(arguments.GetValue(Schema)), fields);
        var collector = arguments.GetValue(Collect) is { } collect ? HttpUrl.Read(Collect.Name, collect) : null;
        var snippets = new PixelSnippets(ReadPixel(arguments.GetValue(Base)!), collector, fields);
        Console.WriteLine($"{snippets.Url}\n\n{snippets.ImageTag(Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(8)))}\n\n{snippets.Script()}");
        return 0;
    }

    private static Dictionary<string, string> ReadFields(ParseResult arguments)
    {
        var fields = new Dictionary<string, string>();
        if (arguments.GetValue(User) is { } user)
        {
            fields["user_id"] = user;
        }

        if (arguments.GetValue(Type) is { } type)
        {
            fields["type"] = type;
        }

        foreach (var (name, value) in FieldMap.ReadPairs(Set.Name, arguments.GetValue(Set)!))
        {
            fields[name] = value;
        }

        return fields;
    }

    private static Uri ReadPixel(string text)
    {
        var address = HttpUrl.Read(Base.Name, text);
        return address.AbsolutePath == "/" ? new Uri(address, "/pixel.png") : new Uri(address.GetLeftPart(UriPartial.Path));
    }
}
