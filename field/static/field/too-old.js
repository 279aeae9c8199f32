/* Read only by browsers that know no modules: says so instead of staying white. */
document.getElementById("starting").hidden = true;
document.getElementById("too-old").hidden = false;
