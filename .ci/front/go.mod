module dev.kedge/front

go 1.26.0
